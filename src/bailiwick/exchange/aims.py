"""What the rows say about targets: what each unit won in the time to compare with."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from bailiwick.exchange.rules.proposals.aims import aim, aimed_for
from bailiwick.kit import Scope
from bailiwick.measures import MEASURES
from bailiwick.mirror import Question, ask
from bailiwick.network.queries import units
from bailiwick.performance.models import Target
from bailiwick.performance.queries.units import side_units, won_by_unit
from bailiwick.performance.rules.figures import Figure
from bailiwick.performance.rules.periods import Period


@dataclass(frozen=True, slots=True)
class Aim:
    """The target proposed for a unit."""

    unit: UUID
    name: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Aims:
    """Targets in won value for `period`, from what was won in `base`; the first is that of everything together."""

    period: Period
    base: Period
    currency: str
    each: Sequence[Aim]

    @property
    def seal(self) -> str:
        """Changes when the proposal does."""
        told = f"{self.period}{self.base}{self.currency}{[(one.unit, one.amount) for one in self.each]}"
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def aims(viewer: Scope, as_of: date) -> Aims | None:
    """Not open where targets are set, or where nothing was won in the time to compare with."""
    if Target.objects.in_network(viewer).filter(withdrawn=None).exists():
        return None
    first = min((cell.first for cell in ask(MEASURES["won_count"], Question(as_of), within=viewer) if cell.first), default=None)
    if first is None:
        return None
    period, base = aimed_for(as_of, first)
    there = list(units(viewer))
    lines = side_units(there)
    won = won_by_unit(viewer, [unit.pk for unit in lines], base, as_of=as_of)
    currency = _main_currency([one for figures in won.values() for one in figures])
    found = {unit: one.value for unit, figures in won.items() for one in figures if one.currency == currency}
    each = [Aim(unit.pk, unit.name, aim(Decimal(value))) for unit in lines if (value := found.get(unit.pk))]
    top = [Aim(unit.pk, unit.name, sum((one.amount for one in each), Decimal(0))) for unit in there if unit.parent_id is None]
    return Aims(period, base, currency, [*(top if len(each) > 1 else []), *each]) if each else None


def _main_currency(figures: Sequence[Figure]) -> str:
    """That in which most was won."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for one in figures:
        sums[one.currency] += Decimal(one.value or 0)
    return max(sums, key=lambda currency: sums[currency], default="")
