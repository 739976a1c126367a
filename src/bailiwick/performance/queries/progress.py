"""What was won, summed up through a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bailiwick.kit import Scope
from bailiwick.measures import MEASURES
from bailiwick.mirror import Question, ask
from bailiwick.performance.rules.periods import Period


@dataclass(frozen=True, slots=True)
class Progress:
    """(share of the period, won so far) by day, in `currency`."""

    points: Sequence[tuple[float, float]]
    currency: str


def progress(viewer: Scope, period: Period, *, as_of: date, units: Sequence[str] = ()) -> Progress:
    """Won value summed up over the days of the period, of everything in sight or of some units."""
    question = Question(
        as_of=as_of, since=period.since, until=period.until, by=("week",), where={"unit": tuple(units)} if units else {}
    )
    cells = ask(MEASURES["won_value"], question, within=viewer)
    by_currency: dict[str, Decimal] = {}
    for cell in cells:
        by_currency[cell.currency] = by_currency.get(cell.currency, Decimal(0)) + (cell.amount or 0)
    currency = max(by_currency, key=lambda one: by_currency[one], default="")
    points, so_far = [(0.0, 0.0)], 0.0
    for cell in sorted((cell for cell in cells if cell.currency == currency), key=lambda cell: cell.keys):
        end = min(date.fromisoformat(cell.keys[0][:10]) + timedelta(days=6), as_of, period.until)
        so_far += float(cell.amount or 0)
        points.append((period.elapsed(end), so_far))
    if points[-1][0] < period.elapsed(as_of):
        points.append((period.elapsed(as_of), so_far))
    return Progress(points, currency)
