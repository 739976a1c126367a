"""A table with its mapped columns read once, and what became of each row. It knows no records."""

from collections.abc import Sequence
from typing import Any

from bailiwick.exchange.rules.mapping import Column, TableMapping
from bailiwick.exchange.rules.records import RefusedRow
from bailiwick.exchange.rules.rehearsing.cells import Bad, Partly, reading
from bailiwick.exchange.rules.rehearsing.keys import cleaned
from bailiwick.exchange.rules.tables import Table
from bailiwick.exchange.rules.targets import STAY, TARGETS, Shape, target_of
from bailiwick.kit import Sentence

TEXTUAL = (Shape.TEXT, Shape.KEY, Shape.REFERENCE)


def nothing(target: str) -> str | None:
    """What stands for an empty cell: "" for texts, None for everything else."""
    known = target_of(target)
    return "" if known and known.shape in TEXTUAL else None


class Sheet:
    """The rows of one table by place (0 is the first): the mapped columns as text and as values, and what became of rows.

    `refused` says why a row is not taken; `again` are the rows that repeat one before them; `keys` the record of each row.
    """

    def __init__(self, table: Table, mapped: TableMapping) -> None:
        self.name, self.kind, self.lines = table.name, mapped.kind, table.lines
        self.table = table
        self.columns: dict[str, Column] = {}
        self.texts: dict[str, list[str]] = {}
        self.refused: dict[int, Sentence] = {}
        self.again: set[int] = set()
        self.odd: set[int] = set()
        self.missing = [column.column for column in mapped.columns if column.column not in table.columns]
        self.keys: list[str | None] = [None] * len(table.rows)
        self._values: dict[str, list[Any]] = {}
        for column in mapped.columns:
            if target_of(column.target) and column.target not in self.columns and column.column in table.columns:
                self._take(column)

    def _take(self, column: Column) -> None:
        """Each distinct cell is read once; sixty thousand rows rarely hold more than some thousand different ones."""
        cells = self.table.column(column.column)
        target = target_of(column.target) or TARGETS[column.target]
        read, empty = reading(column, target), nothing(column.target)
        texts = {cell: cleaned(cell) for cell in set(cells)}
        values = {cell: read(text) if text else empty for cell, text in texts.items()}
        odd = {cell for cell, value in values.items() if isinstance(value, Bad | Partly)}
        for place, cell in enumerate(cells) if odd else ():
            if isinstance(why := values[cell], Bad):
                self.refused.setdefault(place, why.why)
            elif cell in odd:
                self.odd.add(place)
        plain = values | {cell: value.value if isinstance(value := values[cell], Partly) else empty for cell in odd}
        self.columns[column.target] = column
        self.texts[column.target] = [texts[cell] for cell in cells]
        self._values[column.target] = [plain[cell] for cell in cells]

    def __len__(self) -> int:
        return len(self.lines)

    def has(self, target: str) -> bool:
        """Whether a column is mapped to the target."""
        return target in self.columns

    def stays(self) -> dict[str, str]:
        """The targets that say when a stage was entered, by that stage."""
        return {target.removeprefix(STAY): target for target in self.columns if target.startswith(STAY)}

    def values(self, target: str) -> list[Any]:
        """The values of a target row by row; of a refused row they mean nothing."""
        if target not in self._values:
            self._values[target] = [nothing(target)] * len(self)
        return self._values[target]

    def said(self, without: str = "") -> Sequence[tuple[str, ...]]:
        """What each row says: its mapped cells, in an order that does not hang on the order of columns."""
        columns = [self.texts[target] for target in sorted(self.columns) if target != without]
        return list(zip(*columns, strict=True)) if columns else [()] * len(self)

    def live(self) -> list[int]:
        """The rows that say something of their own, as far as is known by now."""
        return [place for place in range(len(self)) if place not in self.refused and place not in self.again]

    def refuse(self, place: int, why: Sentence) -> None:
        """The row is not taken; the first reason stands."""
        self.again.discard(place)
        self.refused.setdefault(place, why)

    def not_taken(self) -> list[RefusedRow]:
        """Refused rows and those that were no rows of the table, by line."""
        rows = [RefusedRow(self.name, one.line, one.reason, one.cells) for one in self.table.spoilt]
        rows += [RefusedRow(self.name, self.lines[at], why, self.table.rows[at]) for at, why in self.refused.items()]
        return sorted(rows, key=lambda row: row.line)
