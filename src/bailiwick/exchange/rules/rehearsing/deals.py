"""What one row says of a deal by itself: outcome, step, days and value. It knows no other row and no record."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bailiwick.exchange.rules.rehearsing.book import BLANK
from bailiwick.exchange.rules.rehearsing.cells import shown
from bailiwick.exchange.rules.rehearsing.outcomes import DECIDED, Signs, outcome_of, stage_outcome
from bailiwick.exchange.rules.rehearsing.sheets import Sheet
from bailiwick.exchange.rules.rehearsing.work import Work
from bailiwick.exchange.rules.values.amounts import currencies_of
from bailiwick.kit import Sentence, say

AHEAD = timedelta(days=1)  # clocks of other zones may be a day ahead, nobody's more
PLACES = Decimal("0.0001")
SIGNS = ("stage", "status", "won", "closed", "deleted")
DAYS = ("entered", "close", "decided", "expected", "modified")
PLAIN = ("title", "origin", "reason", "currency", "value", "amount")
UNKNOWN = BLANK["opportunity"]


class Unfit(ValueError):
    """The row tells of no deal that could be taken; carries the reason."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class Deals:
    """The columns of one table that speak of deals, asked row by row."""

    def __init__(self, work: Work, sheet: Sheet) -> None:
        self._work, self._sheet, self._mapping = work, sheet, work.mapping
        self._latest = work.today + AHEAD
        self._signs = list(_rows(sheet, SIGNS))
        self._days = list(_rows(sheet, DAYS))
        self._plain = list(_rows(sheet, PLAIN))
        self._places = {step: place for place, step in enumerate(work.mapping.steps, start=1)}
        named = "opportunity.value" in sheet.texts and not sheet.has("opportunity.currency")
        self._values = sheet.texts["opportunity.value"] if named else []
        self._currencies = currencies_of(self._values)
        self._staged = any(sheet.has(f"opportunity.{sign}") for sign in SIGNS[:-1])

    def read(self, place: int) -> dict[str, Any]:
        """The values of the row's deal, without its references. Raises `Unfit`."""
        stage, status, won, closed, deleted = self._signs[place]
        if deleted:
            raise Unfit(say("Deleted in the source."))
        entered, close, decided, expected, modified = self._days[place]
        outcome = self._outcome(Signs(stage, won, closed, bool(decided or close), self._staged, status))
        title, origin, reason, currency, value, amount = self._plain[place]
        values = {
            **UNKNOWN,
            "title": title,
            "value": value,
            "currency": currency or self._currency(place),
            "entered": entered,
            "outcome": outcome,
            "reason": reason,
            "origin": origin,
            "lines": [],
            "stays": [],
        }
        if outcome == "open":
            values["expected"] = expected or close
            ended = stage_outcome(stage, self._mapping) in DECIDED
            values["step"] = self._places.get(stage, (len(self._places) or 1) if ended else 1)
            return values
        values["step"] = self._places.get(stage, len(self._places) or 1)
        values["decided"] = self._decided(decided or close or modified or entered)
        if outcome == "won" and amount is not None:
            values["value"] = amount
        if outcome != "won" and not value:
            values["value"] = None  # an amount of nothing: nobody says what it could have been worth
        return values

    def _currency(self, place: int) -> str:
        """That of the export, or the cell's own where the values are of several currencies."""
        text = self._values[place] if self._currencies else ""
        found = self._currencies.get(text, self._mapping.currency)
        if text and not found:
            column = self._sheet.columns["opportunity.value"].column
            raise Unfit(say("%(column)s: nothing says of which currency %(cell)s is.", column=column, cell=shown(text)))
        return found

    def _outcome(self, signs: Signs) -> str:
        outcome = outcome_of(signs, self._mapping)
        if not outcome:
            target = "stage" if signs.stage and signs.stage not in self._mapping.outcomes else "status"
            cell = getattr(signs, target)
            column = self._sheet.columns[f"opportunity.{target}"].column
            raise Unfit(say("%(column)s: nothing says whether %(cell)s is won, lost or open.", column=column, cell=shown(cell)))
        return outcome

    def _decided(self, day: date | None) -> date:
        if day is None:
            raise Unfit(say("It is decided, but no day says when."))
        if day > self._latest:
            raise Unfit(say("Decided on %(day)s: what has not happened yet is not decided.", day=day))
        return day

    def tell(self, values: dict[str, Any], place: int) -> None:
        """What a person should know about a row that is taken."""
        entered, close, decided, _, modified = self._days[place]
        stage, status = self._signs[place][:2]
        said = stage_outcome(stage, self._mapping) if status else ""
        if said in DECIDED and said != values["outcome"]:
            self._work.note("stage_against_status", self._sheet, place)
        if values["outcome"] != "open" and not (decided or close):
            self._work.note("decided_without_day", self._sheet, place)
        if entered and values["decided"] and values["decided"] < entered:
            self._work.note("closed_before_entered", self._sheet, place)
        if entered and modified and modified < entered:
            self._work.note("modified_before_entered", self._sheet, place)


def _rows(sheet: Sheet, shorts: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    return zip(*(sheet.values(f"opportunity.{short}") for short in shorts), strict=True)
