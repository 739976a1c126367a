"""Amounts of money in a line: 84k, 84 000, EUR 84.000, 1,2 Mio, $84,000, 84 thousand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bailiwick.kit import Money
from bailiwick.pipeline.rules.line.figures import figure, is_grouped
from bailiwick.pipeline.rules.line.shares import MINUS, OFF
from bailiwick.pipeline.rules.line.words import Line, Span, keys

LARGEST = Decimal("1e13")
DOLLARS = keys("USD CAD AUD NZD SGD HKD")
CURRENCIES = {
    **{code.casefold(): code for code in keys("EUR USD GBP CHF SEK NOK DKK PLN CZK JPY CAD AUD HUF RON CNY INR TRY")},
    "€": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "£": "GBP",
    "pounds": "GBP",
    "pound": "GBP",
    "¥": "JPY",
    "$": "USD",
    "dollar": "USD",
    "dollars": "USD",
    "us$": "USD",
    "franken": "CHF",
    "zł": "PLN",
    "kč": "CZK",
}
THOUSAND, MILLION, BILLION = Decimal(1_000), Decimal(1_000_000), Decimal(1_000_000_000)
SCALES = {
    **dict.fromkeys(keys("k tsd thousand thousands tausend"), THOUSAND),
    **dict.fromkeys(keys("mio mn mln million millions millionen"), MILLION),
    **dict.fromkeys(keys("bn mrd billion billions milliarde milliarden"), BILLION),
}
GLUED_SCALES = {**SCALES, "m": MILLION}
WITH_EURO = {"teur": THOUSAND, "keur": THOUSAND, "meur": MILLION, "t": THOUSAND, "k": THOUSAND, "m": MILLION}  # T€ 84, 84 TEUR
DEALS = keys(
    "proposal offer quote quotation contract order deal worth value valued volume volumen wert auftrag angebot"
    " vertrag über auftragswert preis price at for für von um order:"
)
STRONG = DEALS - keys("at for für von um über")
NO_SUM_BEFORE = keys("# nr no number nummer tel phone telefon mobile mobil zip plz room raum ticket invoice rechnung")
COUNTED = keys(
    "units unit pieces pcs users user seats seat licences licenses people employees staff stück nutzer mitarbeiter"
    " lizenzen km kg t tons tonnes tonnen hours stunden days tage customers kunden calls labels devices sites"
    " standorte m m2 qm kwh mw kw rows records parts teile palletts pallets paletten meter metres"
)
EACH = keys("à je each apiece stück")  # the price of one, not of the deal
LEAST_BARE = 5  # digits from which a number on its own is read as money
GROUP = re.compile(r"[0-9]{3}(?:[.,][0-9]{1,2})?")
RANGE = re.compile(r"[0-9.,]+[-–][0-9.,]+")


@dataclass(frozen=True, slots=True)
class SumSaid(Span):
    """An amount as said, None for a range such as 80-90k; of several the highest `rank` counts (2 a deal's, 1 with currency)."""

    money: Money | None
    rank: int


def sums(line: Line, taken: Sequence[Span], currency: str) -> tuple[SumSaid, ...]:
    """The amounts of a line, outside the words already taken (days, times, percentages, names)."""
    busy = {at for span in taken for at in range(span.first, span.end)}
    found: list[SumSaid] = []
    at = 0
    while at < len(line.words):
        one = _sum(line, at, currency) if line.number(at) and at not in busy else None
        if one is not None:
            found.append(one)
        at = max(at + 1, one.end if one is not None else 0)
    return tuple(found)


def value(said: Sequence[SumSaid]) -> tuple[Money | None, bool]:
    """The one amount of a line; None and True where several stand equal and somebody has to be asked."""
    rank = max((one.rank for one in said), default=0)
    found = {one.money for one in said if one.rank == rank}
    only = found.pop() if len(found) == 1 else None
    return only, bool(said) and only is None


def _sum(line: Line, at: int, currency: str) -> SumSaid | None:
    written, end = _number(line, at)
    first, marked, scale = _before(line, at)
    scale_end, after = _scale(line, end, bool(marked))
    if scale is None and after is not None:
        end, scale = scale_end, after
    end, marked_after, with_euro = _after(line, end)
    marked, scale = marked or marked_after, scale or with_euro
    if (not scale and not marked and not _bare(line, at, end, written)) or _something_else(line, first, at, end):
        return None
    rank = 2 if STRONG.intersection((line.key(first - 1), line.key(first - 2))) else 1 if marked else 0
    if RANGE.fullmatch(written):
        return SumSaid(first, end, None, rank)
    amount = figure(written, grouped=scale in (None, THOUSAND))
    if amount is None or amount * (scale or 1) >= LARGEST:
        return None
    return SumSaid(first, end, Money(_plain(amount * (scale or 1)), _code(marked, currency)), rank)


def _number(line: Line, at: int) -> tuple[str, int]:
    """The number with its groups behind blanks ("84 000"): as one text, and where it ends."""
    written, end = line.number(at), at + 1
    if len(written) > 3 or not written.isdecimal() or written.startswith("0"):
        return written, end
    while end < min(len(line.words), at + 4) and not line.glued(end) and GROUP.fullmatch(line.number(end)):
        written += line.number(end)
        end += 1
    return written, end


def _before(line: Line, at: int) -> tuple[int, str, Decimal | None]:
    """A currency (and a scale, T€) before the number: where the amount begins, the mark, the scale."""
    mark = line.key(at - 1)
    if mark == "." and line.key(at - 2) == "fr":
        return at - 2, "CHF", None
    if mark in WITH_EURO and mark.endswith("eur"):
        return at - 1, "EUR", WITH_EURO[mark]
    if mark == "€" and line.glued(at - 1) and line.key(at - 2) in WITH_EURO:
        return at - 2, "EUR", WITH_EURO[line.key(at - 2)]
    if mark == "$" and line.glued(at - 1) and line.key(at - 2) == "us":
        return at - 2, "USD", None
    return (at - 1, mark, None) if mark in CURRENCIES else (at, "", None)


def _scale(line: Line, at: int, marked: bool) -> tuple[int, Decimal | None]:
    """k, Mio, thousand after a number; a bare "m" must be glued, or the currency known (5 m are metres)."""
    key = line.key(at)
    if line.key(at + 1) == "€" and line.glued(at + 1) and key in WITH_EURO:
        return at + 1, WITH_EURO[key]
    scale = (GLUED_SCALES if line.glued(at) or marked else SCALES).get(key)
    return (at + 1 + (line.key(at + 1) == "." and key in ("mio", "tsd", "mrd")), scale) if scale else (at, None)


def _after(line: Line, at: int) -> tuple[int, str, Decimal | None]:
    key = line.key(at)
    if key in WITH_EURO and key.endswith("eur"):
        return at + 1, "EUR", WITH_EURO[key]
    return (at + 1, key, None) if key in CURRENCIES else (at, "", None)


def _bare(line: Line, at: int, end: int, written: str) -> bool:
    """Whether a number without currency and scale is money: grouped, long, or right after a word of the deal."""
    if (line.glued(end) and not line.words[end].mark) or line.number(at - 1) or line.number(end):
        return False  # a unit, or a number among numbers: a telephone
    if end > at + 1 or is_grouped(written):
        return len(written) <= 11 and not _attached(line, at)
    if not written.isdecimal() or written.startswith("0") or _attached(line, at):
        return False
    postal = end < len(line.words) and line.words[end].capital and len(written) == LEAST_BARE
    year = len(written) == 4 and written[:2] in ("19", "20")
    if line.key(at - 1) in STRONG:
        return len(written) >= 3 and not year
    return LEAST_BARE <= len(written) <= 9 and not postal


def _something_else(line: Line, first: int, at: int, end: int) -> bool:
    """A number of things, of a telephone, of a ticket; a discount in money; the tail of another word."""
    before, after = line.key(first - 1), line.key(end)
    if before in NO_SUM_BEFORE or (before == "." and line.key(first - 2) in NO_SUM_BEFORE):
        return True
    if before in "+#/_@" and before and line.glued(first):
        return True
    if before in MINUS or (before in ("of", "von") and line.key(first - 2) in MINUS) or after in OFF:
        return True
    if before in EACH or after in EACH or (after in ("per", "pro") and line.key(end + 1) in COUNTED):
        return True
    if after in COUNTED or after in ("%", "percent", "prozent"):
        return True
    return line.glued(end) and bool(after) and not line.words[end].mark


def _attached(line: Line, at: int) -> bool:
    """Whether the number is the tail of a word: Q4-84000."""
    return line.glued(at) and line.key(at - 1) in ("-", "–", ".", ":") and line.glued(at - 1)


def _plain(amount: Decimal) -> Decimal:
    """Without an exponent, and without digits after the point that say nothing."""
    whole = amount.to_integral_value()
    return whole if whole == amount else amount.normalize()


def _code(mark: str, currency: str) -> str:
    if mark in ("$", "dollar", "dollars") and currency in DOLLARS:
        return currency
    return CURRENCIES.get(mark, mark.upper()) if mark else currency
