"""When what came for a standing source is due, which files make one export, and when a person must look first. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from bailiwick.exchange.rules.mapping import Mapping as Reading
from bailiwick.exchange.rules.tables import Table
from bailiwick.kit import Sentence, say

UNUSUAL = 3  # times its usual gap without a file
FEWEST_GAPS = 3
SEVERAL = 5  # names that one sentence holds


def due_until(night: time | None, now: datetime, zone: str) -> datetime:
    """What came until then is taken in now: everything, or what was there when the last night began.

    >>> now = datetime.fromisoformat("2026-11-30T10:00+00:00")
    >>> due_until(None, now, "Europe/Berlin").isoformat(), due_until(time(3), now, "Europe/Berlin").isoformat()
    ('2026-11-30T10:00:00+00:00', '2026-11-30T03:00:00+01:00')
    """
    if night is None:
        return now
    here = now.astimezone(ZoneInfo(zone))
    begins = datetime.combine(here.date(), night, here.tzinfo)
    return begins if begins <= here else datetime.combine(here.date() - timedelta(days=1), night, here.tzinfo)


def next_night(night: time, now: datetime, zone: str) -> datetime:
    """When it is looked next.

    >>> next_night(time(3), datetime.fromisoformat("2026-11-30T10:00+00:00"), "Europe/Berlin").isoformat()
    '2026-12-01T03:00:00+01:00'
    """
    last = due_until(night, now, zone)
    return datetime.combine(last.date() + timedelta(days=1), night, last.tzinfo)


def undated(name: str) -> str:
    """A file's name without its day and number, by which the next export of the same table is known.

    >>> undated("Deals-2026-11-30.csv"), undated("deals (2).csv"), undated("20261130 Deals.XLSX")
    ('deals.csv', 'deals.csv', 'deals.xlsx')
    """
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, dot + ending) if dot else (name, "")
    return (" ".join(re.sub(r"[\W\d_]+", " ", stem).split()) + ending).casefold()


def called_before(name: str, known: Collection[str]) -> str:
    """What the file of this table was called when its mapping was remembered; its own name where nothing tells.

    >>> known = ["deals-2026-11-30.csv", "people.csv"]
    >>> called_before("deals-2026-12-01.csv", known), called_before("new.csv", known)
    ('deals-2026-11-30.csv', 'new.csv')

    Where there was one file only, any of its ending is meant.

    >>> called_before("export.csv", ["deals.csv"]), called_before("export.xlsx", ["deals.csv"])
    ('deals.csv', 'export.xlsx')
    """
    if name in known:
        return name
    only = next(iter(known), "") if len(known) == 1 else ""
    if only and only.rpartition(".")[2].casefold() == name.rpartition(".")[2].casefold():
        return only
    same = [one for one in known if undated(one) == undated(name)]
    return same[0] if len(same) == 1 else name


def first_export(names: Sequence[str], known: Collection[str]) -> int:
    """How many of the files, in the order in which they came, make the first export: a table that comes again begins the next.

    >>> first_export(["deals-1.csv", "people-1.csv", "deals-2.csv", "people-2.csv"], ["deals.csv", "people.csv"])
    2
    """
    seen: set[str] = set()
    for place, name in enumerate(names):
        table = called_before(name, known)
        table = table if table in known else undated(name)
        if table in seen:
            return place
        seen.add(table)
    return len(names)


def files_of(reading: Reading) -> list[str]:
    """The names of the files in which the tables of a mapping lay."""
    return list(dict.fromkeys(table.table.split(": ", 1)[0] for table in reading.tables))


def lacking(known: Reading, tables: Sequence[Table]) -> list[Sentence]:
    """What the export had before and has no more, and without which it would be read otherwise: tables, and columns of ids."""
    found: list[Sentence] = []
    there = {table.name: table for table in tables}
    for one in known.tables:
        table = there.get(one.table)
        if one.kind and table is None:
            found.append(say("The table %(table)s is not in it any more.", table=one.table))
        found += [
            say("The column %(column)s of %(table)s, by which rows are known, is missing.", column=column.column, table=one.table)
            for column in (one.columns if table is not None else ())
            if table is not None and column.target.endswith(".key") and column.column not in table.columns
        ]
    return found


def fresh_columns(headers: Mapping[str, Sequence[str]], known: Reading, looked: Reading) -> list[Sentence]:
    """New columns that say something which no column of their table said before. `looked`: how it is read by itself."""
    found = []
    for one in looked.tables:
        before = known.table(one.table)
        if not one.kind or before is None or before.kind != one.kind or one.table not in headers:
            continue
        targets = {column.target for column in before.columns}
        found += [
            say("The column %(column)s of %(table)s is new.", column=column.column, table=one.table)
            for column in one.columns
            if column.column not in headers[one.table] and column.target not in targets
        ]
    return found


def strangers(names: Sequence[str]) -> list[Sentence]:
    """Owners whom nobody here is called like and no table lists."""
    if not names:
        return []
    told = ", ".join(sorted(names)[:SEVERAL]) + (" …" if len(names) > SEVERAL else "")
    return [say("Nobody here is known as %(names)s.", names=told)]


def shrunken(rows: int, before: int | None) -> list[Sentence]:
    """An export of fewer than half of the rows of the one before was perhaps cut off.

    >>> [str(one) for one in shrunken(120, 4000)], shrunken(2000, 4000), shrunken(5, None)
    (['It holds 120 rows, the last one 4000.'], [], [])
    """
    if before is None or rows * 2 >= before:
        return []
    return [say("It holds %(rows)s rows, the last one %(before)s.", rows=rows, before=before)]


def overdue(came: Sequence[datetime], now: datetime) -> timedelta | None:
    """How long nothing came, where that is three times as long as usual; `came` in order.

    >>> day = [datetime(2026, 11, n) for n in (1, 2, 3, 4, 5)]
    >>> overdue(day, datetime(2026, 11, 9)), overdue(day, datetime(2026, 11, 7)), overdue(day[:3], datetime(2027, 1, 1))
    (datetime.timedelta(days=4), None, None)
    """
    gaps = sorted(after - before for before, after in pairwise(came))
    if len(gaps) < FEWEST_GAPS:
        return None
    waited = now - came[-1]
    return waited if waited > UNUSUAL * gaps[len(gaps) // 2] and gaps[len(gaps) // 2] else None


def moved_on(as_of: date | None, before: date | None, today: date) -> date:
    """The day on which what an export says otherwise than the one before came to be: its own newest day, if that is a newer one.

    >>> moved_on(date(2026, 11, 9), date(2026, 11, 2), date(2026, 11, 30)).isoformat()
    '2026-11-09'
    >>> moved_on(date(2026, 11, 2), date(2026, 11, 2), date(2026, 11, 30)).isoformat()
    '2026-11-30'
    """
    return as_of if as_of is not None and (before is None or as_of > before) and as_of <= today else today
