"""Typed cells as plain text: days as ISO, numbers with a point."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from types import NoneType
from typing import Any


def plain(value: object) -> str:
    """The text of a cell: no exponent, no ".0" behind whole numbers, no microseconds where there are none.

    >>> [plain(value) for value in (None, True, 3.0, 0.1 + 0.2, 1e21, date(2016, 10, 20), datetime(2016, 10, 20, 13))]
    ['', '1', '3', '0.3', '1000000000000000000000', '2016-10-20', '2016-10-20 13:00:00']
    """
    if isinstance(value, str):
        return value
    writer = WRITERS.get(type(value), str)
    return writer(value)


def _number(value: float) -> str:
    """Fifteen digits, as spreadsheets show them: the sixteenth and seventeenth are what binary fractions leave behind."""
    if not isfinite(value):
        return str(value) if value == value else ""  # noqa: PLR0124 - only "not a number" is unlike itself
    if value == int(value):
        return str(int(value)) if abs(value) < 1e15 else format(Decimal(f"{value:.15g}"), "f")
    return format(Decimal(f"{value:.15g}"), "f")


def _duration(value: timedelta) -> str:
    seconds = int(value.total_seconds())
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


WRITERS: dict[type, Callable[[Any], str]] = {
    NoneType: lambda _: "",
    bool: lambda value: "1" if value else "0",
    float: _number,
    Decimal: lambda value: format(value, "f"),
    datetime: lambda value: value.isoformat(sep=" "),
    date: lambda value: value.isoformat(),
    time: lambda value: value.isoformat(),
    timedelta: _duration,
}
