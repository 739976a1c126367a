"""Every text that a person reads is collected and complete in German; a text nobody collected would stay English unseen."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

HERE = Path(__file__).resolve().parents[2] / "src" / "bailiwick"
LOCALE = HERE / "web" / "locale"
KEYWORDS = {"say": None, "say_n": (1, 2), "gettext": None, "ngettext": (1, 2), "_": None}
PLACE = re.compile(r"%\((\w+)\)s")


@cache
def collected() -> frozenset[str | tuple[str, ...]]:
    with (LOCALE / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(str(HERE), methods, options, KEYWORDS)
    return frozenset(tuple(text) if isinstance(text, (list, tuple)) else text for _, _, text, _, _ in found if text)


@cache
def german() -> Catalog:
    with (LOCALE / "de" / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file, locale="de")


def test_texts_are_collected_at_all() -> None:
    assert len(collected()) > 500


def written() -> Iterator[tuple[str, str]]:
    """Every text in a call that translates, as Python reads the source, with its place."""
    for file in sorted(HERE.rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            for text in call.args[: 2 if name in ("say_n", "ngettext") else 1] if name in KEYWORDS else []:
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield text.value, f"{file.name}:{text.lineno}"


def test_every_text_in_the_source_is_collected() -> None:
    """Babel passes over a call inside another call's default: such a text stayed English."""
    texts = {one for text in collected() for one in ([text] if isinstance(text, str) else text)}
    assert [place for text, place in written() if text not in texts] == []


def test_every_text_is_there_in_german_and_nothing_else_is() -> None:
    there = {message.id for message in german() if message.id and message.string and not message.fuzzy}
    texts = {text if isinstance(text, str) else tuple(text) for text in collected()}
    assert sorted(map(str, texts - there)) == []
    assert sorted(map(str, there - texts)) == []


def test_every_german_text_has_the_places_of_the_english_one() -> None:
    wrong = []
    for message in german():
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        places = set(PLACE.findall(ids[-1]))
        wrong += [text for text in strings if message.id and set(PLACE.findall(text)) - places]
        wrong += [strings[-1]] if message.id and places - set(PLACE.findall(strings[-1])) else []
    assert wrong == []
