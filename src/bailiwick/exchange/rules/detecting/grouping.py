"""Tables of one kind in several files: quarters of a year, a file given twice. They are looked at as one table.

A quarter alone may hold nothing that was lost, or no day after the twelfth; all of them together tell more.
"""

from collections.abc import Sequence

from bailiwick.exchange.rules.detecting.aside import BY_HAND
from bailiwick.exchange.rules.detecting.clues import ENTITIES
from bailiwick.exchange.rules.detecting.profile import Profile
from bailiwick.exchange.rules.detecting.words import concepts, file_concepts
from bailiwick.exchange.rules.mapping import Mapping
from bailiwick.exchange.rules.tables import Table

FEWEST_COLUMNS = 3
SAME_ROWS = 0.5
SPEAKING = 0.5
LOOSE = frozenset(("text", "name", "code", "empty", "check"))


def grouped(tables: Sequence[Table], looked: Sequence[tuple[Profile, ...]], known: Mapping | None) -> list[list[int]]:
    """The places of the tables, those that belong together in one list; what somebody chose otherwise stands apart."""
    chosen = [_chosen(known, table) for table in tables]
    groups: list[list[int]] = []
    by_columns: dict[tuple[bool, tuple[str, ...]], list[list[int]]] = {}
    for place, table in enumerate(tables):
        mine = by_columns.setdefault((table.headed, tuple(sorted(table.columns))), [])
        fitting = (one for one in mine if all(chosen[at] in ("", chosen[place]) or not chosen[place] for at in one))
        group = next((one for one in fitting if _alike(tables, looked, one[0], place)), None)
        if group is None:
            groups.append([place])
            mine.append(groups[-1])
        else:
            group.append(place)
    return [sorted(group, key=lambda place: not chosen[place]) for group in groups]


def _chosen(known: Mapping | None, table: Table) -> str:
    """What an earlier import or a person made of the table, in a form to compare; "" for one that is new."""
    before = known.table(table.name) if known else None
    if before is None or not (before.kind or before.aside == BY_HAND):
        return ""
    return " ".join([before.kind or "-", *sorted(f"{one.target}={one.column}" for one in before.columns)])


def merged(tables: Sequence[Table]) -> Table:
    """One table of all their rows, the same row once, under the name of the first."""
    first = tables[0]
    if len(tables) == 1:
        return first
    rows: dict[tuple[str, ...], int] = {}
    for table in tables:
        order = [table.columns.index(column) for column in first.columns]
        for row, line in zip(table.rows, table.lines, strict=True):
            rows.setdefault(tuple([row[at] for at in order]), line)
    return Table(first.name, first.columns, list(rows), list(rows.values()), first.headed)


def _alike(tables: Sequence[Table], looked: Sequence[tuple[Profile, ...]], one: int, other: int) -> bool:
    """Whether two tables of the same columns hold the same kind of thing."""
    if not tables[one].rows or not tables[other].rows or len(tables[one].columns) < FEWEST_COLUMNS:
        return False
    about, also = (file_concepts(tables[place].name) & ENTITIES for place in (one, other))
    if about and also and about != also:
        return False
    if _repeats(tables[one], tables[other]):
        return True
    shapes = {profile.column: profile.shape for profile in looked[one]}
    pairs = [(shapes[profile.column], profile.shape) for profile in looked[other]]
    if not all(a == b or {a, b} <= LOOSE or "empty" in (a, b) for a, b in pairs):
        return False
    speaking = sum(any(word[0] != "?" for word in concepts(column)) for column in tables[one].columns)
    return tables[one].headed and speaking >= SPEAKING * len(tables[one].columns)


def _repeats(one: Table, other: Table) -> bool:
    """Whether one says most of what the other says."""
    few, many = sorted((one, other), key=lambda table: len(table.rows))
    order = [many.columns.index(column) for column in few.columns]
    said = {tuple([row[at] for at in order]) for row in many.rows}
    return sum(row in said for row in few.rows) >= SAME_ROWS * len(few.rows)
