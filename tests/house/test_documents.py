"""The documents say what the code does: every command, setting, dependency, word and decision has its line."""

import re
from pathlib import Path

import pytest

from bailiwick import docs
from bailiwick.cli import COMMANDS
from tests.house.source import ROOT, SOURCE, floors, house_models, project

DOCS = ROOT / "docs"
SETTING = re.compile(r"\b(BAILIWICK_[A-Z_]+|DATABASE_[A-Z_]*URL|TEST_DATABASE_[A-Z_]*URL|PORT)\b")
# Set by the command for its own children, never by people.
BETWEEN_PROCESSES = {"BAILIWICK_APP_URL", "BAILIWICK_DEMO"}
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")


def read(*names: str) -> str:
    return "\n".join((ROOT / name).read_text() for name in names)


def operating() -> str:
    return read("README.md", "docs/how-to/operate.md")


def test_every_command_is_explained() -> None:
    assert not [name for name in COMMANDS if f"`bailiwick {name}" not in operating()]


def test_every_setting_that_the_source_reads_is_explained() -> None:
    code = "\n".join(path.read_text() for path in [*SOURCE.rglob("*.py"), ROOT / "tests" / "cluster.py", ROOT / "Makefile"])
    read_by_code = set(SETTING.findall(code)) - BETWEEN_PROCESSES
    assert not read_by_code - set(SETTING.findall(operating()))


def test_no_setting_is_explained_that_nothing_reads() -> None:
    code = "\n".join(path.read_text() for path in [*SOURCE.rglob("*.py"), ROOT / "tests" / "cluster.py", ROOT / "Makefile"])
    assert not set(SETTING.findall(operating())) - set(SETTING.findall(code))


def test_every_verb_of_the_makefile_is_explained() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", read("Makefile"), re.MULTILINE)
    assert phony
    verbs = set(phony[1].split()) - {"setup", "setup-dev"}
    assert not [verb for verb in sorted(verbs) if f"make {verb}" not in operating()]


def named(requirement: str) -> str:
    return re.split(r"[\s\[<>=;!~]", requirement)[0]


def test_every_dependency_has_its_reason() -> None:
    wanted = [*project()["project"]["dependencies"], *project()["project"]["optional-dependencies"]["dev"]]
    wanted += [one for group in project()["dependency-groups"].values() for one in group]
    lines = {line.split("`")[1]: line for line in read("docs/dependencies.md").splitlines() if line.startswith("| `")}
    assert set(lines) == {named(one) for one in wanted}
    assert not [name for name, line in lines.items() if len(line.split("|")[-2].strip()) < 10]


def decisions() -> list[Path]:
    return sorted((DOCS / "decisions").glob("*.md"))


def test_every_decision_has_a_number_a_date_and_a_status() -> None:
    for number, path in enumerate(decisions(), start=1):
        text = path.read_text()
        assert re.fullmatch(rf"{number:04}-[a-z0-9-]+\.md", path.name)
        assert text.startswith(f"# {number:04} "), path.name
        assert re.search(r"^Date: \d{4}-\d\d-\d\d\.? ", text, re.MULTILINE), path.name
        assert re.search(r"Status: (proposed|accepted|superseded by \d{4})", text), path.name


def test_every_table_has_its_word() -> None:
    words = read("docs/words.md").lower()
    missing = []
    for model in house_models():
        spoken = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.__name__).lower()
        if f"**{spoken}**" not in words and f"`{model.__name__.lower()}`" not in words:
            missing.append(model._meta.label)
    assert not missing


def test_every_package_is_in_the_description_of_the_architecture() -> None:
    text = read("docs/architecture.md")
    packages = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert not [name for name in sorted(packages | set(floors())) if f"`{name}`" not in text]


def test_every_file_that_the_architecture_names_exists() -> None:
    named_files = set(
        re.findall(
            r"`((?:[a-z_]+/)+[a-z_0-9]+\.(?:py|html|js|json|md))`",
            read("docs/architecture.md", "docs/words.md", *(f"docs/decisions/{p.name}" for p in decisions())),
        )
    )
    assert not [name for name in sorted(named_files) if not ((SOURCE / name).exists() or (ROOT / name).exists())]


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))], ids=lambda path: path.name
)
def test_every_link_leads_somewhere(path: Path) -> None:
    assert not [target for target in LINK.findall(path.read_text()) if not (path.parent / target).exists()]


def test_what_the_code_tells_about_itself_is_up_to_date() -> None:
    assert docs.stale() == [], "run: make docs"
