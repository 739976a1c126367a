"""What one rehearsal knows while it runs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bailiwick.exchange.rules.mapping import Mapping
from bailiwick.exchange.rules.rehearsing.book import BLANK, Book
from bailiwick.exchange.rules.rehearsing.notes import Notes
from bailiwick.exchange.rules.rehearsing.sheets import Sheet
from bailiwick.exchange.rules.tables import Table
from bailiwick.exchange.rules.targets import KINDS


@dataclass(frozen=True, slots=True)
class Work:
    """The tables in use, the records that come of them, and what has to be told; it grows, nothing of it leaves."""

    mapping: Mapping
    today: date
    sheets: Sequence[Sheet]
    books: dict[str, Book]
    notes: Notes

    def of(self, kind: str) -> list[Sheet]:
        """The tables of a kind, in order."""
        return [sheet for sheet in self.sheets if sheet.kind == kind]

    def book(self, kind: str) -> Book:
        """The records of a kind so far."""
        return self.books[kind]

    def note(self, kind: str, sheet: Sheet, place: int) -> None:
        """Something has to be told about a row."""
        self.notes.add(kind, sheet.name, sheet.lines[place])


def begin(tables: Sequence[Table], mapping: Mapping, today: date) -> Work:
    """The tables that the mapping uses, read once, and a book for every kind."""
    mapping = replace(
        mapping,
        outcomes={_one_line(stage): outcome for stage, outcome in mapping.outcomes.items()},
        steps=tuple(_one_line(step) for step in mapping.steps),
    )
    uses = [(table, mapping.table(table.name)) for table in tables]
    sheets = [Sheet(table, mapped) for table, mapped in uses if mapped and mapped.kind in KINDS]
    books = {kind: Book(kind, mapping.same.get(kind, {}), [sheet for sheet in sheets if sheet.kind == kind]) for kind in BLANK}
    return Work(mapping, today, sheets, books, Notes())


def _one_line(text: str) -> str:
    """A stage as its cells are read."""
    return " ".join(text.split())
