"""What tells records apart: keys, names as they are compared, ids and what they are called where no name is known.

Ids are compared letter by letter: those of some systems differ in case only.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

LONGEST = 200
SHORT = 6
LONGEST_ADDRESS = 320  # what is longer is none, and trying it would take as long as it is, twice over
EMPTY = frozenset(("-", "--", "–", "—", "NULL", "null", "(null)", "N/A", "n/a", "#N/A", "NaN", "nan", "\\N", "(blank)"))
EMPTY_ID = re.compile(r"0{15}(?:AAA)?")

_UUID = re.compile(r"(?:[A-Za-z]{1,12}[-_])?([0-9a-f]{8})-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_HEX = re.compile(r"([0-9a-f]{12,})(?:-\d+)?", re.IGNORECASE)
# Salesforce: three characters say the kind and three the organization, so that only the end tells two records apart.
_SALESFORCE = re.compile(r"(?:0[0-9a-zA-Z]|[a-z]0)[0-9a-zA-Z]{7}([0-9a-zA-Z]{6})(?:[A-Z0-5]{3})?")
_TOKEN = re.compile(r"(?=[^\d]*\d)[0-9A-Za-z_-]{20,}")
CALLED = {
    "person": "Person",
    "account": "Company",
    "contact": "Contact",
    "product": "Product",
    "lead": "Lead",
    "opportunity": "Deal",
}


def cleaned(cell: str) -> str:
    """A cell without blanks around it; "" for what systems write in empty ones.

    `NA` is no such mark: it is Namibia.

    >>> cleaned(" 000000000000000AAA "), cleaned("N/A"), cleaned("NA")
    ('', '', 'NA')
    """
    text = cell.strip()
    return "" if text in EMPTY or EMPTY_ID.fullmatch(text) else text


def kept(text: str) -> str:
    """A key as it is kept: as it stands, or a digest of what is longer than a key may be."""
    return text if len(text) <= LONGEST else digest([text])


def digest(parts: Iterable[str]) -> str:
    """The same for the same parts in any import."""
    return hashlib.sha256("\x1f".join(parts).encode(errors="replace")).hexdigest()[:32]


def loose(name: str) -> str:
    """A name under which two rows are one record: without case, with single blanks.

    >>> loose(" ACME  Corp ") == loose("Acme Corp"), loose("Acme-Corp") == loose("Acme Corp")
    (True, False)
    """
    return " ".join(name.casefold().split())


def looks_like_id(text: str) -> bool:
    """Whether a text is a number or code that no person would call anybody.

    >>> [looks_like_id(text) for text in ("4ef15afb4b2723d8f3d81e51ec7afefe", "00546000001l1cJAAQ", "272", "3M", "Zoe Blum")]
    [True, True, True, False, False]
    """
    patterns = (_UUID, _HEX, _SALESFORCE, _TOKEN)
    return text.isdigit() or (any(letter.isdigit() for letter in text) and any(one.fullmatch(text) for one in patterns))


def called(kind: str, key: str) -> str:
    """What a record is called of which only an id is known; the same in every import.

    >>> called("person", "4ef15afb4b2723d8f3d81e51ec7afefe"), called("person", "00546000001l1cJAAQ"), called("account", "17")
    ('Person 4ef15a', 'Person 01l1cJ', 'Company 17')
    """
    match = _UUID.fullmatch(key) or _HEX.fullmatch(key) or _SALESFORCE.fullmatch(key)
    short = key if key.isdigit() and len(key) <= 2 * SHORT else (match[1] if match else key)[:SHORT]
    return f"{CALLED[kind]} {short}"


def shapes_of(text: str) -> tuple[str, ...]:
    """What ids of one source have in common: what stands around their digits, and the length of their parts.

    >>> shapes_of("EMP-0012"), shapes_of("Jane Doe 2")
    (('EMP-9', 'xxx-xxxx'), ())
    """
    if " " in text or not any(letter.isdigit() for letter in text):
        return ()
    around = re.sub(r"\d+", "9", text)
    return (around, re.sub(r"[0-9A-Za-z]", "x", text)) if len(text) >= 8 else (around,)


def domain(text: str) -> str:
    """The domain of a website, "" for what is none.

    >>> domain("https://www.Flowers.net/shop"), domain("Flowers Inc."), domain("jo@flowers.net")
    ('flowers.net', '', '')
    """
    match = re.fullmatch(r"(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,})(?::\d+)?(?:[/?#]\S*)?", text.strip().casefold())
    return match[1] if match else ""


def is_email(text: str) -> bool:
    """Whether a text is one e-mail address."""
    return len(text) <= LONGEST_ADDRESS and bool(re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", text))


class Occurrences:
    """Keys for rows that have none: what a row says, and how often it was said before."""

    def __init__(self) -> None:
        self._met: Counter[str] = Counter()

    def key(self, names: Iterable[str], cells: Iterable[str]) -> str:
        """The key of the next row that says this."""
        content = digest([*names, "", *cells])
        self._met[content] += 1
        return f"{content}-{self._met[content]}"
