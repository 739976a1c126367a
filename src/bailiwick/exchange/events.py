"""What happens to imports."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bailiwick.kit import Event, say


@dataclass(frozen=True, kw_only=True)
class ImportTaken(Event):
    KIND = "exchange.import_taken"
    SENTENCE = say("%(by)s took in an export: %(created)s rows made, %(changed)s changed, %(refused)s refused")
    created: int
    changed: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class ImportUndone(Event):
    KIND = "exchange.import_undone"
    SENTENCE = say("%(by)s undid an import: %(removed)s rows removed, %(kept)s kept because people worked on them")
    removed: int
    kept: int


@dataclass(frozen=True, kw_only=True)
class RowsChanged(Event):
    KIND = "exchange.rows_changed"
    SENTENCE = say("%(subject)s was changed by an import")
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CurrencyStated(Event):
    KIND = "exchange.currency_stated"
    SENTENCE = say("%(by)s said that amounts without a currency are in %(currency)s: %(deals)s deals, %(lists)s price lists")
    currency: str
    deals: int
    lists: int


@dataclass(frozen=True, kw_only=True)
class FloorsIssued(Event):
    KIND = "exchange.floors_issued"
    SENTENCE = say("%(by)s issued a price list with floors at %(percent)s%% of list, from %(since)s")
    percent: Decimal
    since: date
