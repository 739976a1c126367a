"""docs/security.md names tests, files and chapters that exist, answers each requirement once, and counts right."""

import ast
import re
from collections import Counter
from functools import cache

import pytest

from tests.house.source import ROOT, kept_files, place

DOCUMENT = ROOT / "docs" / "security.md"
NAMED_TEST = re.compile(r"`((?:tests|trials)/[\w/]+\.py)::(\w+)`")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ANSWERS = ("test", "by design", "operator", "not applicable", "open")
# How many the levels 1 and 2 of the standard have.
LEVEL_1, LEVEL_2 = 70, 183


@cache
def text() -> str:
    return DOCUMENT.read_text()


def rows() -> list[tuple[str, str, str]]:
    return ROW.findall(text())


def kind_of(answer: str) -> str:
    return answer.partition(":")[0]


@cache
def defined_in(path: str) -> frozenset[str]:
    """The tests that a file defines; none where there is no such file."""
    if not (ROOT / path).is_file():
        return frozenset()
    tree = ast.parse((ROOT / path).read_text())
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


def test_every_test_that_is_named_exists() -> None:
    named = NAMED_TEST.findall(text())
    assert len(named) > 100
    assert text().count(".py::") == len(named), "a test is named in another way"
    assert sorted({f"{path}::{name}" for path, name in named if name not in defined_in(path)}) == []


def test_every_requirement_is_answered_once_in_order_and_in_few_words() -> None:
    numbers = [number for number, _, _ in rows()]
    assert len(numbers) == len(set(numbers)) == LEVEL_1 + LEVEL_2
    assert numbers == sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])
    assert [(number, asked) for number, asked, _ in rows() if len(asked.split()) > 12] == []


def test_every_answer_is_of_a_known_kind_and_says_something() -> None:
    assert [number for number, _, answer in rows() if kind_of(answer) not in ANSWERS] == []
    assert [number for number, _, answer in rows() if len(answer.partition(":")[2].strip()) < 5] == []


def test_the_counts_are_those_of_the_rows() -> None:
    count = Counter(kind_of(answer) for _, _, answer in rows())
    told = f"{len(rows())} requirements: " + ", ".join(f"{count[kind]} {kind}" for kind in ANSWERS) + "."
    assert told in text()


def test_an_answer_by_a_test_names_one_and_by_design_a_file_that_is_kept() -> None:
    kept = {place(path) for path in kept_files()}
    for number, _, answer in rows():
        named = re.findall(r"`([^`]+\.(?:py|md|js|html|json|toml|txt))`", answer)
        if kind_of(answer) == "test":
            assert NAMED_TEST.search(answer), number
        if kind_of(answer) == "by design":
            assert named, number
            assert [file for file in named if file not in kept] == [], number


@pytest.mark.parametrize("number", [number for number, _, answer in rows() if kind_of(answer) == "operator"])
def test_an_answer_by_the_operator_names_a_chapter(number: str) -> None:
    chapter = next(re.findall(r"\[([^\]]+)\]\(how-to/operate\.md\)", answer) for one, _, answer in rows() if one == number)
    operating = (ROOT / "docs" / "how-to" / "operate.md").read_text()
    assert len(chapter) == 1
    assert re.search(rf"^##+ {re.escape(chapter[0])}$", operating, re.MULTILINE), chapter
