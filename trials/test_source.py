"""Our own rules (semgrep) and bandit find nothing in the source that is not answered here; the bill of materials is CycloneDX.

An answer is for one file and one rule, with how often: one more of the same kind in the same file is a finding.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from trials.homes import ROOT
from trials.tools import run, tool

RULES = ROOT / "trials" / "rules"
SOURCE = ROOT / "src" / "bailiwick"
Found = list[tuple[str, str, int]]

# (file below src/bailiwick, rule) -> (how often, why it is none).
NAMES = "names of our own tables and columns, from the models; PostgreSQL takes no name as a parameter"
ANSWERED = {
    ("api/urls.py", "forms-of-other-sites"): (3, "the API knows no cookie: who calls says who they are by a token in a header"),
    ("cli/importer.py", "question-made-of-text"): (1, "the name of our own channel, a constant"),
    ("cli/owner.py", "question-made-of-text"): (4, "a role of the operator's settings, quoted by Django, and a digest in hex"),
    ("exchange/reading/parquet.py", "question-made-of-text"): (
        2,
        "columns go by their numbers; no name of the file is part of it",
    ),
    ("exchange/reading/parquet.py", "a-file-where-a-request-says"): (1, "`place` is a file of a folder that was just made"),
    ("ledger/clock.py", "question-made-of-text"): (1, "a constant"),
    ("ledger/migrations/0003_after_restore.py", "question-made-of-text"): (1, "a role of the operator's settings, quoted"),
    ("moving/lines.py", "question-made-of-text"): (1, NAMES),
    ("tenancy/findable.py", "question-made-of-text"): (1, NAMES),
    ("tenancy/operations.py", "question-made-of-text"): (3, NAMES),
    ("web/drawings/drawn.py", "text-taken-for-markup"): (1, "what a macro printed, which escaped what it was given"),
    ("web/templates/account/codes.txt", "text-taken-for-markup-in-a-template"): (1, "a file of plain text"),
    ("web/templates/mails/digest.txt", "text-taken-for-markup-in-a-template"): (1, "a mail of plain text"),
    ("web/templates/mails/notice.txt", "text-taken-for-markup-in-a-template"): (1, "a mail of plain text"),
}
PROGRAMS = "programs of ours and of PostgreSQL, as a list and without a shell; no argument is somebody's who asks a page"
# The same for bandit, beside what carries ruff's `noqa: S...` of the same number with its reason.
OF_BANDIT = {
    ("api/endpoints/hooks.py", "B106"): (1, "an empty secret: what is kept of an answer that showed one"),
    ("config/settings.py", "B105"): (1, "the name of a setting"),
    ("web/drawings/drawn.py", "B703"): (1, "as above"),
    ("web/pages/hooks.py", "B107"): (1, "no secret to show"),
    ("web/signin/factors.py", "B105"): (1, "no secret to show"),
    **{
        (f"{name}.py", rule): (1, PROGRAMS)
        for name in ("cli/serving", "cli/surroundings", "store/accounts", "store/embedded", "store/orphans", "store/running")
        for rule in ("B404", "B603")
    },
    ("store/archive.py", "B404"): (1, PROGRAMS),
    ("store/archive.py", "B603"): (2, PROGRAMS),
}
DRAWN = "demo/"  # invents a network: what it draws by lot (B311) is no secret


def of_semgrep(place: Path, home: Path) -> Found:
    asked = ("scan", "--config", RULES / "house.yml", "--metrics", "off", "--disable-version-check", "--no-git-ignore", "--json")
    done = run(tool("tools", "semgrep"), *asked, place, home=home)
    told = json.loads(done.stdout)
    assert told["errors"] == [], told["errors"]
    assert len(told["paths"]["scanned"]) > (500 if place == SOURCE else 1)
    found = {(one["path"], one["check_id"].rpartition(".")[2], one["start"]["line"]) for one in told["results"]}
    return sorted((str((ROOT / path).relative_to(place)), rule, line) for path, rule, line in found)


def marked() -> Iterator[tuple[str, str, int]]:
    """What the planted files say is to be found: rule and line."""
    for path in RULES.glob("planted.*"):
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            if mark := re.search(r"finds: ([\w-]+)", line):
                yield path.name, mark[1], number + 1


def rules() -> set[str]:
    return set(re.findall(r"- id: ([\w-]+)", (RULES / "house.yml").read_text()))


def unanswered(found: Found, answers: dict[tuple[str, str], tuple[int, str]]) -> list[str]:
    """Findings nobody has answered, and answers to what is not there any more."""
    counts = Counter((path, rule) for path, rule, _ in found)
    wrong = {one for one in set(counts) | set(answers) if counts[one] != answers.get(one, (0, ""))[0]}
    lines = [f"{path}:{line} {rule}" for path, rule, line in found if (path, rule) in wrong]
    return lines + [f"{path} {rule}: answered, not there" for path, rule in sorted(wrong) if not counts[(path, rule)]]


def test_each_of_our_rules_finds_what_is_planted_and_nothing_beside_it(ground: Path) -> None:
    assert {rule for _, rule, _ in marked()} == rules()
    assert of_semgrep(RULES, ground) == sorted(marked())


def test_our_rules_find_nothing_in_the_source(ground: Path, figure: Callable[[str], None]) -> None:
    found = of_semgrep(SOURCE, ground)
    assert unanswered(found, ANSWERED) == []
    figure(f"semgrep, {len(rules())} rules of our own: 0 findings, {len(found)} answered one by one")


def excused(one: dict[str, Any], path: Path) -> bool:
    """Whether the statement carries the reason beside it, as ruff asks for it."""
    lines = path.read_text().splitlines()
    said = "\n".join(lines[min(one["line_range"]) - 1 : max(one["line_range"])])
    return re.search(rf"noqa: [\w ,]*S{one['test_id'][1:]}\b", said) is not None


def of_bandit(place: Path, home: Path) -> list[dict[str, Any]]:
    done = run(tool("tools", "bandit"), "-r", place, "-q", "-f", "json", home=home)
    told = json.loads(done.stdout)
    assert told["errors"] == []
    return list(told["results"])


def test_bandit_finds_nothing_in_the_source(ground: Path, figure: Callable[[str], None]) -> None:
    found = of_bandit(SOURCE, ground)
    open_ones = []
    for one in found:
        path = Path(one["filename"])
        name = path.relative_to(SOURCE).as_posix()
        if not excused(one, path) and not (one["test_id"] == "B311" and name.startswith(DRAWN)):
            open_ones.append((name, one["test_id"], one["line_number"]))
    assert unanswered(open_ones, OF_BANDIT) == []
    figure(f"bandit, every rule and severity: 0 findings, {len(found)} answered beside their lines or one by one")


def test_bandit_would_find_something(ground: Path) -> None:
    (ground / "planted.py").write_text("import subprocess\n\nsubprocess.run(input(), shell=True)\n")
    assert {"B602"} < {one["test_id"] for one in of_bandit(ground, ground)}


def test_the_bill_of_materials_keeps_to_the_schema_of_cyclonedx(ground: Path, figure: Callable[[str], None]) -> None:
    kept = ROOT / "docs" / "bom.json"
    broken = ground / "broken.json"
    broken.write_text(kept.read_text().replace('"SHA-256"', '"SHA-257"', 1))
    judges = (
        "import sys; from cyclonedx.schema import SchemaVersion; from cyclonedx.validation.json import JsonStrictValidator\n"
        "print([JsonStrictValidator(SchemaVersion.V1_6).validate_str(open(name).read()) is None for name in sys.argv[1:]])"
    )
    done = run(tool("tools", "python"), "-c", judges, kept, broken, home=ground)
    assert done.stdout.strip() == "[True, False]", done.stderr
    figure(f"docs/bom.json: valid CycloneDX 1.6, {len(json.loads(kept.read_text())['components'])} libraries with hashes")
