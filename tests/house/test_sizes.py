"""How large a file, a function and a template may become."""

from tests.house.source import ADVICE, TEMPLATES, defined, place

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
LONG_TEMPLATE = 80


def test_no_file_is_longer_than_400_lines() -> None:
    long = [
        f"{one.place}: {one.lines} lines" for one in defined() if one.kind in ("package", "module") and one.lines > LONGEST_FILE
    ]
    assert not long, "make it a folder of the same name"


def test_no_function_is_longer_than_60_lines() -> None:
    long = [
        f"{one.place} {one.name}: {one.lines} lines"
        for one in defined()
        if one.kind == "function" and one.lines > LONGEST_FUNCTION
    ]
    assert not long


def test_templates_above_80_lines_are_listed() -> None:
    for path in sorted(TEMPLATES.rglob("*.html")):
        lines = len(path.read_text().splitlines())
        if lines > LONG_TEMPLATE:
            ADVICE.append(f"{place(path)}: {lines} lines; about 40 are easier to read")
