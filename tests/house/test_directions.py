"""Pages can be read from right to left: style sheets know beginning and end, not left and right; and they hold no words."""

import re
from collections.abc import Iterator

import pytest

from tests.house.source import SOURCE

SHEETS = sorted((SOURCE / "web" / "static" / "bailiwick" / "css").glob("*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
DECLARED = re.compile(r"(?:^|[{;\s])(--[\w-]+|[a-z-]+)\s*:\s*([^;{}]+)(?=[;}])")
PHYSICAL = re.compile(
    r"(^|-)(left|right)$|^(top|bottom)$|^(margin|padding|border)-(top|bottom)|^(min-|max-)?(width|height)$|^(float|clear)$"
)
SIDES = ("margin", "padding", "inset", "border-width", "border-radius", "border-style", "border-color")


def declarations(text: str) -> Iterator[tuple[str, str]]:
    """Every property with its value."""
    for name, value in DECLARED.findall(COMMENT.sub("", text)):
        yield name, value.strip()


def parts(value: str) -> list[str]:
    """The values of a shorthand; what stands in brackets is one."""
    return re.findall(r"[\w.%-]*\([^()]*(?:\([^()]*\)[^()]*)*\)|[^\s]+", value)


def wrong(name: str, value: str) -> bool:
    """Whether a declaration means one side of the screen."""
    if PHYSICAL.search(name):
        return True
    if name in SIDES and len(parts(value)) == 4:
        return parts(value)[1] != parts(value)[3]
    return name in ("text-align", "float") and value in ("left", "right")


@pytest.mark.parametrize(
    ("name", "value", "is_wrong"),
    [
        ("margin-left", "1rem", True),
        ("padding-inline-start", "1rem", False),
        ("left", "0", True),
        ("text-align", "right", True),
        ("text-align", "end", False),
        ("margin", "0 1rem 0 2rem", True),
        ("padding", "0 var(--g1) calc(1px + (2 * 3px)) var(--g1)", False),
        ("width", "10rem", True),
        ("max-inline-size", "10rem", False),
        ("border-top", "1px solid", True),
    ],
)
def test_the_judgement_of_a_declaration(name: str, value: str, is_wrong: bool) -> None:
    assert wrong(name, value) is is_wrong


def test_style_sheets_name_no_side_of_the_screen() -> None:
    found = {
        sheet.name: [f"{name}: {value}" for name, value in declarations(sheet.read_text()) if wrong(name, value)]
        for sheet in SHEETS
    }
    assert {name: bad for name, bad in found.items() if bad} == {}
    assert sum(1 for sheet in SHEETS for _ in declarations(sheet.read_text())) > 500


def test_style_sheets_hold_no_words() -> None:
    """What `content` says is read by people and by no translator."""
    said = [value for sheet in SHEETS for name, value in declarations(sheet.read_text()) if name == "content"]
    assert not [value for value in said if re.search(r"""["'][^"']*[A-Za-z]{2}""", value)]


def test_templates_style_nothing_by_themselves() -> None:
    found = [
        file.name for file in (SOURCE / "web" / "templates").rglob("*.html") if re.search(r"\sstyle=|\salign=", file.read_text())
    ]
    assert found == []
