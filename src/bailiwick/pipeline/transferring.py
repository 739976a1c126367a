"""Open deals of one process go on in another, each step of the one in a step of the other that somebody chose."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bailiwick.kit import Actor, NotSeen, Refused, Scope, say
from bailiwick.lists.commands import MOST, kept_for_undo, too_many
from bailiwick.lists.models import Change
from bailiwick.pipeline.commands.stepping import Moved, move_many
from bailiwick.pipeline.models import Opportunity, Process, Step


def transferable(viewer: Scope, process: UUID) -> list[Opportunity]:
    """Open deals of a process that the viewer may work on, by step."""
    rows = Opportunity.objects.seen_by(viewer).filter(process=process, outcome=Opportunity.Outcome.OPEN)
    found = rows.select_related("step").order_by("step__place", "pk")
    return [row for row in found if viewer.may_edit(unit=row.unit_id, person=row.person_id, organization=row.organization_id)]


@dataclass(frozen=True, slots=True)
class Pair:
    """A step of the old process, how many deals are in it, and the step of the new one that is most like it."""

    step: Step
    count: int
    like: Step


def pairs(viewer: Scope, process: UUID, to: UUID, rows: Sequence[Opportunity]) -> list[Pair]:
    """Each step, with how many of `rows` are in it, beside its like: that of the same name, else at the same share of the way."""
    old = list(Step.objects.seen_by(viewer).filter(process=process).order_by("place"))
    new = list(Step.objects.seen_by(viewer).filter(process=to).order_by("place"))
    if not old or not new:
        raise NotSeen
    counts = Counter(row.step_id for row in rows)
    named = {step.name.casefold(): step for step in new}
    return [
        Pair(step, counts[step.pk], named.get(step.name.casefold()) or new[place * len(new) // len(old)])
        for place, step in enumerate(old)
    ]


def targets(viewer: Scope, process: UUID) -> Sequence[Process]:
    """The processes in force to which the deals of another could go."""
    return list(Process.objects.seen_by(viewer).filter(until=None).exclude(pk=process).order_by("-since", "-pk"))


def transfer(process: UUID, steps: Mapping[UUID, UUID], *, by: Actor, now: datetime) -> Change:
    """Every open deal of the process that the actor may work on is in the step that `steps` names for its own.

    Its stays in the old process stay what they were. One who did this can undo it as a whole.
    """
    rows = transferable(by.scope, process)
    if not rows:
        raise Refused("nothing_to_move", say("No open deal of this process is yours to move."))
    if len(rows) > MOST:
        raise too_many()
    missing = [row for row in rows if row.step_id not in steps]
    if missing:
        raise Refused("no_step_chosen", say("Choose a step for the deals in %(step)s.", step=missing[0].step.name))
    before = {row.pk: str(row.step_id) for row in rows}
    move_many([Moved(by, now, row.pk, steps[row.step_id]) for row in rows], by=by)
    return kept_for_undo("pipeline", Opportunity, "step", before, by=by, now=now)
