"""Amounts, percents and checks as people and systems write them. Exact; nothing is guessed where two readings remain."""

import re
from collections.abc import Iterable
from decimal import Context, Decimal
from functools import lru_cache

from bailiwick.exchange.rules.values.blanks import is_blank
from bailiwick.exchange.rules.values.currencies import KNOWN

MARKS = (".", ",")
REMEMBERED = 200_000
# More digits than any sum of money or any float has; a longer run is an identifier, or meant to do harm.
MOST_DIGITS = 40
LARGEST_EXPONENT = 30
# Wide enough that no product of an amount and a scale is rounded.
EXACT = Context(prec=MOST_DIGITS + 2 * LARGEST_EXPONENT)
SCALES = {"k": 3, "tsd": 3, "m": 6, "mm": 6, "mio": 6, "mn": 6, "mill": 6, "b": 9, "bn": 9, "mrd": 9}

_MONEY = "|".join(re.escape(sign) for sign in sorted(KNOWN, key=len, reverse=True))
_WORD = "|".join(sorted(SCALES, key=len, reverse=True))
_WHOLE = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[-+]?)\s*(?P<before>{_MONEY})?\s*(?P<inner>[-+]?)\s*(?P<open2>\()?"
    r"(?P<digits>[\d.,][\d.,' ]*?(?:e[-+]?\d{1,3})?)(?:[.,]-{1,2})?"
    rf"\s*(?:(?P<scale>{_WORD})\.?)?\s*(?P<after>{_MONEY})?\s*(?P<close>\))?\s*(?P<trail>-?)\Z",
)
# Marks of thousands: the other mark, a blank or an apostrophe, the same one throughout; with commas also the Indian way.
_INDIAN = r"|[1-9]\d?,\d{2}(?:,\d{2})*,\d{3}"


def _number(mark: str, other: str, more: str) -> re.Pattern[str]:
    whole = rf"[1-9]\d{{0,2}}(?P<mark>[{other}' ])\d{{3}}(?:(?P=mark)\d{{3}})*{more}|\d+|(?={mark}\d)"
    return re.compile(rf"(?P<whole>{whole})(?:{mark}(?P<part>\d*))?(?:e(?P<exponent>[-+]?\d{{1,3}}))?\Z")


_BEYOND = re.compile(r"[-+]?(?:\d{1,400}(?:\.\d{1,40})?(?:e\+?\d{1,4})?|inf(?:inity)?)\Z", re.IGNORECASE)
_PLAIN = {".": _number(r"\.", ",", _INDIAN), ",": _number(",", r"\.", "")}
# Blanks, apostrophes and dashes that look alike are made alike.
_ALIKE = str.maketrans(
    {"\xa0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "’": "'", "`": "'", "´": "'"} | dict.fromkeys("−–—", "-")
)

YES = frozenset({"1", "true", "yes", "y", "ja", "j", "x", "t", "wahr", "1.0"})
NO = frozenset({"0", "false", "no", "n", "nein", "f", "falsch", "0.0"})


def marks_of(cells: Iterable[str]) -> tuple[str, ...]:
    """Under which decimal marks every non-empty cell is an amount: one where decided, both where "1.234" leaves it open,
    (".",) where no cell has a mark at all, () where a cell is no amount or nothing is there.

    >>> marks_of(["$1,117.10K", "-"]), marks_of(["1.234,5"]), marks_of(["1.234", "17"]), marks_of(["17"]), marks_of(["12 %"])
    (('.',), (',',), ('.', ','), ('.',), ())
    """
    left = set(MARKS)
    marked = found = False
    for cell in set(cells):
        if is_blank(cell):
            continue
        readings = _read(cell)
        left &= readings.keys()
        if not left:
            return ()
        found = True
        marked = marked or len(set(readings.values())) > 1 or len(readings) == 1
    if not found:
        return ()
    return tuple(mark for mark in MARKS if mark in left) if marked else (".",)


def beyond(text: str) -> bool:
    """Whether a text is a number, but larger than any that is read.

    >>> beyond("1e308"), beyond("9" * 50), beyond("inf"), beyond("1e5"), beyond("n/a")
    (True, True, True, False, False)
    """
    return not _read(text) and bool(_BEYOND.match(text))


def amount_of(text: str, decimal: str) -> Decimal | None:
    """The amount of a cell, exactly; `decimal` is "." or "," ("" counts as "."). None for an empty cell or a placeholder.

    Raises ValueError for what is no amount under that mark: also NaN, infinity, percents and numbers beyond any sum.

    >>> amount_of("(1.234,50 €)", ","), amount_of("$1,117.10K", "."), amount_of("1.5E+05", ".")
    (Decimal('-1234.50'), Decimal('1117100'), Decimal('150000'))
    """
    if is_blank(text):
        return None
    found = _read(text).get(decimal or ".")
    if found is None:
        raise ValueError(f"{text!r} is no amount")
    return found


def percent_of(text: str, decimal: str) -> Decimal | None:
    """A share of one: "12.5%" is 0.125. Without a sign, what is beyond 1 means percent points (12.5 is 0.125), and what is
    not stands as it is (0.125); so 1 is the whole. None for an empty cell; ValueError for what is neither.

    >>> percent_of("12,5 %", ","), percent_of("0.125", "."), percent_of("12.5", "."), percent_of("1", ".")
    (Decimal('0.125'), Decimal('0.125'), Decimal('0.125'), Decimal('1'))
    """
    bare = text.strip().removesuffix("%").removeprefix("%")
    found = amount_of(bare, decimal)
    if found is None:
        return None
    points = bare != text.strip() or abs(found) > 1
    return EXACT.scaleb(found, -2) if points else found


def currency_of(cells: Iterable[str]) -> str:
    """The ISO code if all signs agree on one currency that cannot be another; "" otherwise ("$" is many countries').

    >>> currency_of(["€ 5", "7", "8 EUR"]), currency_of(["$5"]), currency_of(["US$ 5"]), currency_of(["€5", "£5"])
    ('EUR', '', 'USD', '')
    """
    signs = {sign for cell in set(cells) if not is_blank(cell) for sign in _signs(cell)}
    codes = {KNOWN[sign] for sign in signs}
    return codes.pop() if len(codes) == 1 else ""


def currencies_of(cells: Iterable[str]) -> dict[str, str]:
    """The currency that each cell names, where they name several; "" for a sign of many countries. {} where they agree.

    >>> currencies_of(["€ 5", "$7", "9"]), currencies_of(["€ 5", "9"])
    ({'$7': '', '€ 5': 'EUR'}, {})
    """
    found = {cell: KNOWN[min(signs)] for cell in sorted(set(cells)) if not is_blank(cell) and (signs := _signs(cell))}
    return found if len(set(found.values())) > 1 else {}


def check_of(text: str) -> bool | None:
    """Yes or no as systems write it, English or German; "x" is a yes. None for anything else, the empty cell included.

    >>> check_of("ja"), check_of("0"), check_of("X"), check_of("maybe")
    (True, False, True, None)
    """
    word = text.strip().lower()
    return True if word in YES else False if word in NO else None


def _match(text: str) -> re.Match[str] | None:
    text = text.translate(_ALIKE).strip().lower()
    return _WHOLE.match(text) if len(text) <= MOST_DIGITS * 2 else None


def _signs(text: str) -> set[str]:
    match = _match(text)
    return {sign for sign in (match["before"], match["after"]) if sign} if match else set()


@lru_cache(maxsize=REMEMBERED)
def _read(text: str) -> dict[str, Decimal]:
    """The amount under each decimal mark that makes it one."""
    match = _match(text)
    if not match or (match["before"] and match["after"] and KNOWN[match["before"]] != KNOWN[match["after"]]):
        return {}
    opened = bool(match["open"] or match["open2"])
    minus = [opened, match["sign"] == "-", match["inner"] == "-", bool(match["trail"])]
    if opened != bool(match["close"]) or sum(minus) > 1:
        return {}
    digits = match["digits"].strip()
    if digits[-1] in ".," and not digits[:-1].isdigit():
        return {}
    found = {}
    for mark in MARKS:
        value = _plain(digits, mark, SCALES[match["scale"]] if match["scale"] else 0)
        if value is not None:
            found[mark] = EXACT.minus(value) if any(minus) else value
    return found


def _plain(digits: str, mark: str, scale: int) -> Decimal | None:
    match = _PLAIN[mark].match(digits)
    if not match:
        return None
    whole, part = re.sub(r"\D", "", match["whole"]), match["part"] or ""
    exponent = int(match["exponent"] or 0)
    if len(whole) + len(part) > MOST_DIGITS or abs(exponent) > LARGEST_EXPONENT:
        return None
    value = Decimal(f"{whole}.{part}" if part else whole or "0")
    return _unfolded(EXACT.scaleb(value, exponent + scale)) if exponent or scale else value


def _unfolded(value: Decimal) -> Decimal:
    """Written out, without an exponent and without zeros that only the scale brought."""
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
