"""How tables become records: which column is what, how its text is read, what values mean, and what has to be asked."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field

from bailiwick.kit import Sentence


@dataclass(frozen=True, slots=True)
class Column:
    """One column and its target (`targets.py`), for instance `opportunity.close`.

    `days` tells how day texts of each shape are read, and `decimal` which mark parts the decimals ("." or ","); both are
    empty where nothing has to be told apart.
    """

    target: str
    column: str
    days: Dictionary[str, str] = field(default_factory=dict)
    decimal: str = ""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What one table holds. `kind` is empty for a table left aside, then `aside` says why.

    A target of another kind describes the record that the row refers to: `account.city` in a table of opportunities is
    the city of the opportunity's account.
    """

    table: str
    kind: str
    columns: tuple[Column, ...] = ()
    aside: Sentence | None = None

    def of(self, target: str) -> Column | None:
        """The column mapped to a target."""
        return next((column for column in self.columns if column.target == target), None)


@dataclass(frozen=True, slots=True)
class Question:
    """Something that only a person can tell. Unanswered and `needed`, nothing is taken in.

    `choices` are (answer, what it means); the first is what we would guess. `key` says what it is about:
    `days|<table>|<column>|<shape>`, `decimal|<table>|<column>`, `stage|<value>`, `kind|<table>`, `column|<table>|<target>`.
    """

    key: str
    sentence: Sentence
    choices: tuple[tuple[str, Sentence], ...]
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Mapping:
    """Everything that has to be known to read an export again.

    `outcomes` gives each value of a stage or status as won, lost, withdrawn or open; `steps` the open stage values in the
    order of the process; `same` the other spellings of what is referred to, by kind: {"product": {"GTXPro": "GTX Pro"}}.
    `dialect` names a recognised system ("salesforce"), empty for plain tables.
    """

    source: str
    dialect: str = ""
    tables: tuple[TableMapping, ...] = ()
    outcomes: Dictionary[str, str] = field(default_factory=dict)
    steps: tuple[str, ...] = ()
    same: Dictionary[str, Dictionary[str, str]] = field(default_factory=dict)
    currency: str = ""
    questions: tuple[Question, ...] = ()

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """What has to be answered before anything can be taken in."""
        return tuple(question for question in self.questions if question.needed)

    def table(self, name: str) -> TableMapping | None:
        """How the table of that name is read."""
        return next((table for table in self.tables if table.table == name), None)
