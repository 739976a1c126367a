"""Which day a text says, and which orders of day, month and year a column leaves open. Knows no time of day, no zone.

A day with a time is the day as written: nothing is moved to another zone.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from bailiwick.exchange.rules.values.blanks import is_blank
from bailiwick.exchange.rules.values.layouts import COMPACT, NAMED, NUMBERED, SERIAL, YEAR_FIRST, month_of

# Day numbers of spreadsheets from 1950 to 2099: below and above, a number of five digits is more likely something else.
FIRST_SERIAL, LAST_SERIAL = 18_264, 73_050
# The spreadsheets' 1900 system believes in a 29 February 1900; after that day, counting from here comes out right.
SERIAL_ORIGIN = date(1899, 12, 30)
COMPACT_YEARS = range(1900, 2101)
# What systems write for "never ends".
LAST_YEAR = 9999
# Column after column repeats days; one export rarely knows more different ones.
REMEMBERED = 200_000
ORDERS = ("ymd", "dmy", "mdy")

Readings = tuple[tuple[str, date], ...]
NO_DAY: tuple[str, Readings] = ("", ())


def shape_of(text: str) -> str:
    """The layout of a day, "" for no day: "iso" (year first), "/4" "-4" ".4" "/2" "-2" ".2" (separator and width of the
    year), "name" (month as a word, English or German), "serial" (day number of a spreadsheet).

    >>> [shape_of(text) for text in ("2016-10-20", "10/20/2016 3:04 PM", "20.10.16", "15 Apr, 2021 00:02:00", "42663", "2016")]
    ['iso', '/4', '.2', 'name', 'serial', '']
    """
    return _read(text)[0]


def orders_of(cells: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Per shape the orders under which every cell of that shape is a real day; both "dmy" and "mdy" means ambiguous.

    {} if any cell is no day, if the cells of one shape agree on no order, or if nothing is there; placeholders count as
    empty. A year of two digits in front ("99-12-31") is only considered where neither other order fits.

    >>> orders_of(["10/20/2016", "03-01-17", "-", ""])
    {'-2': ('dmy', 'mdy'), '/4': ('mdy',)}
    """
    left: dict[str, set[str]] = {}
    for cell in set(cells):
        if is_blank(cell):
            continue
        shape, readings = _read(cell)
        orders = {order for order, _ in readings}
        left[shape] = left[shape] & orders if shape in left else orders
        if not left[shape]:
            return {}
    return {shape: _narrowed(orders) for shape, orders in sorted(left.items())}


def day_of(text: str, orders: Mapping[str, str]) -> date | None:
    """The day of a cell under the orders chosen per shape; None for an empty cell or a placeholder.

    Raises ValueError for what is no day, not a real day under its order, or has two readings and no order.

    >>> day_of("03-01-17", {"-2": "mdy"}), day_of("1. März 2017", {}), day_of("NULL", {})
    (datetime.date(2017, 3, 1), datetime.date(2017, 3, 1), None)
    """
    if is_blank(text):
        return None
    shape, readings = _read(text)
    order = orders.get(shape)
    if len(readings) == 1 and (order is None or shape in ("iso", "name", "serial")):
        return readings[0][1]
    if order is None:
        plain = [day for order, day in readings if order != "ymd"]
        if len(plain) == 1:
            return plain[0]
        raise ValueError(f"{text!r} has several readings" if readings else f"{text!r} is no day")
    for known, day in readings:
        if known == order:
            return day
    raise ValueError(f"{text!r} is no day as {order}")


def _narrowed(orders: set[str]) -> tuple[str, ...]:
    likely = orders - {"ymd"} or orders
    return tuple(order for order in ORDERS if order in likely)


@lru_cache(maxsize=REMEMBERED)
def _read(text: str) -> tuple[str, Readings]:
    """The shape and every real day that the text can mean, each with its order; ("", ()) for no day."""
    text = " ".join(text.lower().split())
    # The longest layout is a weekday, a month, a time and a zone; what is longer is prose and costs no further look.
    if not 5 <= len(text) <= 64:
        return NO_DAY
    if match := YEAR_FIRST.match(text):
        return _one("iso", "ymd", match["year"], match["month"], match["day"])
    if match := NUMBERED.match(text):
        return _numbered(match["sep"], match["one"], match["two"], match["year"])
    return _bare(text) if text[:5].isdecimal() else _named(text)


def _bare(text: str) -> tuple[str, Readings]:
    """Digits alone: eight of them for year, month and day, or the day number of a spreadsheet."""
    match = COMPACT.match(text)
    if match and (int(match["year"]) in COMPACT_YEARS or int(match["year"]) == LAST_YEAR):
        return _one("iso", "ymd", match["year"], match["month"], match["day"])
    if SERIAL.match(text) and FIRST_SERIAL <= int(text[:5]) <= LAST_SERIAL:
        return "serial", (("ymd", SERIAL_ORIGIN + timedelta(days=int(text[:5]))),)
    return NO_DAY


def _named(text: str) -> tuple[str, Readings]:
    for layout in NAMED:
        if match := layout.match(text):
            return _one("name", "dmy", match["year"], str(month_of(match["month"])), match["day"])
    return NO_DAY


def _one(shape: str, order: str, year: str, month: str, day: str) -> tuple[str, Readings]:
    found = _real(year, month, day)
    return (shape, ((order, found),)) if found else NO_DAY


def _numbered(sep: str, one: str, two: str, last: str) -> tuple[str, Readings]:
    tries = [("dmy", (last, two, one)), ("mdy", (last, one, two))]
    if len(last) == 2 and len(one) == 2:
        tries.insert(0, ("ymd", (one, two, last)))
    readings = tuple((order, found) for order, parts in tries if (found := _real(*parts)))
    return (f"{sep}{len(last)}", readings) if readings else NO_DAY


def _real(year: str, month: str, day: str) -> date | None:
    number = int(year)
    if len(year) == 2:
        # The pivot of most systems: 70 to 99 is the last century.
        number += 1900 if number >= 70 else 2000
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None
