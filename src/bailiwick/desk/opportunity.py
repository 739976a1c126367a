"""Everything that the page and the endpoint of one opportunity show."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from bailiwick.desk.timeline import Timeline, timeline
from bailiwick.kit import Scope
from bailiwick.pipeline import queries
from bailiwick.pipeline.commands.stepping import sold_of
from bailiwick.pipeline.models import Activity, Line, Opportunity, Promise, Stage, Step
from bailiwick.pipeline.rules.amounts import Sold, discount, margin


@dataclass(frozen=True, slots=True)
class OpportunityCard:
    """One opportunity. `discount` and `margin` are of the whole deal; `stated` marks a discount stated by hand."""

    deal: Opportunity
    lines: list[Line]
    discount: Decimal | None
    margin: Decimal | None
    stated: bool
    steps: list[Step]
    stages: list[Stage]
    tasks: list[Activity]
    promises: list[Promise]
    timeline: Timeline
    may_edit: bool


def opportunity_card(viewer: Scope, which: UUID) -> OpportunityCard:
    """The card of an opportunity in sight; raises `NotSeen`."""
    deal = queries.opportunity(viewer, which)
    lines = queries.lines(viewer, which)
    sold = sold_of(lines) if viewer.sees_money else ()
    derived = discount(sold) if sold else None
    activities, promises = queries.of_opportunity(viewer, which)
    return OpportunityCard(
        deal=deal,
        lines=lines,
        discount=deal.stated_discount if derived is None else derived,
        margin=_margin(viewer, deal, sold),
        stated=derived is None and deal.stated_discount is not None,
        steps=queries.steps(viewer, deal.process_id),
        stages=queries.stages(viewer, which),
        tasks=[one for one in activities if not one.done and not one.dropped],
        promises=promises,
        timeline=timeline(viewer, which, whole=True),
        may_edit=viewer.may_edit(unit=deal.unit_id, person=deal.person_id, organization=deal.organization_id),
    )


def _margin(viewer: Scope, deal: Opportunity, sold: Sequence[Sold]) -> Decimal | None:
    if not viewer.sees_cost:
        return None
    return margin(sold) if sold else deal.stated_margin
