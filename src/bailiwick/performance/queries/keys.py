"""What somebody calls a key of a dimension, and the keys that are called so."""

from collections.abc import Iterable
from typing import Any

from bailiwick.kit import Refused, Scope, say
from bailiwick.measures import Measure
from bailiwick.measures.dimensions import dimensions_of
from bailiwick.network.models import Organization, Person, Unit
from bailiwick.offer.models import Product, SalesLine
from bailiwick.performance.queries.tree import subtrees
from bailiwick.pipeline.models import Step
from bailiwick.territories.models import Territory

CALLED: dict[str, Any] = {
    "unit": Unit,
    "project": Unit,
    "manager": Person,
    "seller": Person,
    "partner": Organization,
    "product": Product,
    "sales_line": SalesLine,
    "territory": Territory,
    "step": Step,
}


def keys_called(measure: Measure, dimension: str, name: str, viewer: Scope) -> tuple[str, ...]:
    """The keys of `dimension` that are called `name`, capitals aside; "" is "not known".

    A unit stands for itself and everything below it. Refuses a dimension that the measure does not have, and a name that
    nobody in the viewer's sight has.
    """
    if dimension not in dimensions_of(measure):
        known = ", ".join(dimensions_of(measure))
        raise Refused(
            "no_dimension",
            say("%(measure)s is not told apart by %(wrong)s.", measure=measure.name, wrong=dimension[:40]),
            say("It is by: %(known)s.", known=known),
        )
    if dimension not in CALLED or not name:
        return (name,)
    found = list(CALLED[dimension].objects.seen_by(viewer).filter(name__iexact=name).values_list("pk", flat=True))
    if not found:
        raise Refused(
            "nobody_called", say("Nothing here is called “%(name)s”.", name=name[:80]), say("Write it as the lists do.")
        )
    return _with_below(found, viewer) if dimension == "unit" else tuple(str(one) for one in found)


def _with_below(units: Iterable[Any], viewer: Scope) -> tuple[str, ...]:
    below = subtrees(viewer)
    return tuple(sorted({one for unit in units for one in below.get(unit, ())}))
