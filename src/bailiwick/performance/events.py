"""What happens to targets."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bailiwick.kit import Event, say


@dataclass(frozen=True, kw_only=True)
class TargetSet(Event):
    KIND = "performance.target_set"
    SENTENCE = say("%(by)s set a target: %(amount)s from %(since)s to %(until)s")
    measure: str
    since: date
    until: date
    amount: Decimal
    currency: str
    was: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class TargetWithdrawn(Event):
    KIND = "performance.target_withdrawn"
    SENTENCE = say("%(by)s withdrew a target: %(amount)s from %(since)s to %(until)s")
    measure: str
    since: date
    until: date
    amount: Decimal
    currency: str
