"""Two languages that nobody speaks, made of every text of the catalogue: a long one in brackets, and one from right to left.

They go by the names of Esperanto and Hebrew, so that days, amounts and the direction come from where they come for any language.
"""

import re
from collections.abc import Callable
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

LONG, MIRRORED = "eo", "he"
OPEN, SHUT = "⟦", "⟧"
KEPT = re.compile(r"(%\(\w+\)s|%%|<[^>]+>|&\w+;)")
LATIN = "aeioucgnsyz"
ACCENTED = dict(zip(LATIN, "áéíóúçğñšýž", strict=True))
HEBREW = dict(zip("abcdefghijklmnopqrstuvwxyz", "אבגדהוזחטיכלמנסעפצקרשתאבגד", strict=True))


def long(text: str) -> str:
    """Accents on what can have one, every vowel twice: some two fifths longer, and in brackets."""
    return "".join(ACCENTED.get(letter, letter) * (2 if letter in "aeiou" else 1) for letter in text)


def mirrored(text: str) -> str:
    """Other letters, which are read from right to left."""
    return "".join(HEBREW.get(letter.lower(), letter) for letter in text)


def written(text: str, how: Callable[[str], str]) -> str:
    """The text in the other language; places and marks stay."""
    return OPEN + "".join(part if KEPT.fullmatch(part) else how(part) for part in KEPT.split(text)) + SHUT


def speak(texts: frozenset[str | tuple[str, ...]], place: Path) -> None:
    """The catalogue of both languages, compiled below `place`."""
    for language, how in ((LONG, long), (MIRRORED, mirrored)):
        catalogue = Catalog(locale=language)
        for text in texts:
            if isinstance(text, str):
                catalogue.add(text, written(text, how))
            else:
                one, many = text
                catalogue.add((one, many), tuple(written(many if n else one, how) for n in range(catalogue.num_plurals)))
        folder = place / language / "LC_MESSAGES"
        folder.mkdir(parents=True)
        with (folder / "django.mo").open("wb") as file:
            write_mo(file, catalogue, use_fuzzy=True)
