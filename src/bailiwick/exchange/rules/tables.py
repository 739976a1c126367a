"""A table of text as somebody exported it; nothing in it is interpreted yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from bailiwick.kit import Sentence


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A row that could not be read as a row of its table; it counts among the refused.

    `beside` says that it never was one: a title above the table, a total, a remark below it.
    """

    line: int
    cells: tuple[str, ...]
    reason: Sentence
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under unique column names.

    `name` is the file's name inside what was given (`accounts.csv`), with the sheet after it where a file has several
    (`book.xlsx: Deals`). Every row is as long as `columns`; an empty cell is "". Cells of typed formats are written
    plainly: days as ISO, numbers with a point. `lines` says for each row on which line of the file it begins (the header
    of a text file is line 1). Without a header the columns are called "column 1" and so on. `unread` says why a sheet was
    not looked at; it then has neither columns nor rows.
    """

    name: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    lines: Sequence[int]
    headed: bool = True
    spoilt: tuple[Spoilt, ...] = ()
    unread: Sentence | None = None

    def column(self, name: str) -> list[str]:
        """The cells of one column, in order. Raises ValueError for a name that is none."""
        place = self.columns.index(name)
        return [row[place] for row in self.rows]
