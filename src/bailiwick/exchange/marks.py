"""By what somebody is known: name, address and telephone number, however a text writes them. Pure."""

import re
import unicodedata
from typing import Any

STRUCK = "\N{HORIZONTAL ELLIPSIS}"
SHORTEST = 4  # a shorter name is a syllable of too much else, and counts only where it stands alone
DIGITS = 7  # fewer digits are no number of anybody
WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """Without case and accents.

    >>> plain("José ŠKODA")
    'jose skoda'
    """
    if text.isascii():
        return text.lower()
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


class Marks:
    """The marks of one person. False where there are none. `seeds` are patterns of which every text that tells them holds one."""

    def __init__(self, name: str, email: str = "", phone: str = "") -> None:
        self.name, self.email = plain(" ".join(name.split())), email.casefold()
        self.words = frozenset(WORD.findall(self.name))
        self.written = WORD.findall(unicodedata.normalize("NFC", name))
        self.alone = bool(self.words) and sum(map(len, self.words)) < SHORTEST
        digits = re.sub(r"\D", "", phone)
        # However it is written, with or without the country's code.
        self.number = re.compile(r"\D{0,3}".join(digits[-8:])) if len(digits) >= DIGITS else None
        seeds = (_loosely(max(self.written, key=len, default="")), re.escape(email), self.number.pattern if self.number else "")
        self.seeds = [pattern for pattern in seeds if pattern]

    def __bool__(self) -> bool:
        return bool(self.words or self.email or self.number)

    def held_by(self, text: str) -> bool:
        """Whether a text tells the address, the number, or all words of the name in any order.

        >>> marks = Marks("Zoë Quorx", "zq@x.example", "+49 151 98765432")
        >>> [marks.held_by(text) for text in ("QUORX, Zoe", "Zoe Blum", "mailto:ZQ@x.example", "0151/9876-5432")]
        [True, False, True, True]
        """
        told = plain(text)
        if (self.email and self.email in text.casefold()) or (self.number and self.number.search(told)):
            return True
        if self.alone:
            return told.strip() == self.name
        return bool(self.words) and all(word in told for word in self.words) and self.words <= set(WORD.findall(told))

    def held_by_a_line_of(self, text: str, *, sure: bool) -> bool:
        """Whether a line of a file holds them; not `sure` of its letters, those beyond ASCII may be any.

        >>> Marks("Zoë Quorx").held_by_a_line_of("1,Zo\\u2030,Quorx", sure=False)
        True
        """
        told = plain(text)
        if not sure and not all(word.isascii() for word in self.written):
            return all(re.search(_loosely(word), text, re.IGNORECASE) for word in self.written)
        if self.number is None and not all(word in told for word in self.words) and not (self.email and self.email in told):
            return False
        return any(self.held_by(line) for line in text.splitlines())

    def struck(self, text: str) -> str:
        """The text without them.

        >>> Marks("Zoë Quorx", "zq@x.example").struck("Zoe Quorx (ZQ@x.example) came")
        '… (…) came'
        """
        if not self.held_by(text):
            return text
        text = re.sub(re.escape(self.email), STRUCK, text, flags=re.IGNORECASE) if self.email else text
        text = self.number.sub(STRUCK, text) if self.number else text
        if self.held_by(text):
            text = WORD.sub(lambda found: STRUCK if plain(found[0]) in self.words else found[0], text)
        return re.sub(f"{STRUCK}(?:[ ,]*{STRUCK})+", STRUCK, text)

    def struck_from(self, value: Any) -> Any:
        """The same document without them wherever it stands, also where a cell is one word of the name."""
        if isinstance(value, str):
            word = plain(value.strip())
            return STRUCK if len(word) >= SHORTEST and word in self.words else self.struck(value)
        if isinstance(value, list):
            return [self.struck_from(one) for one in value]
        if isinstance(value, dict):
            return {self.struck(name): self.struck_from(one) for name, one in value.items()}
        return value


def _loosely(word: str) -> str:
    return "".join(letter if letter.isascii() else ".{0,3}" for letter in word)
