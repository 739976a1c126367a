"""What is done to many deals at once, or to one in its place in a list: each by the command that any other door calls."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from bailiwick.fields import Field
from bailiwick.fields.typed import as_typed
from bailiwick.kit import Actor, Door, Scope, Sentence, say
from bailiwick.lists import SAME, Act, Seen
from bailiwick.network.queries import receivers
from bailiwick.pipeline.commands.giving import give_many
from bailiwick.pipeline.commands.opening import Stated, state_many
from bailiwick.pipeline.commands.stepping import Moved, move_many
from bailiwick.pipeline.fields import EXPECTED, ORIGIN, TITLE, VALUE
from bailiwick.pipeline.models import Opportunity, Step


def not_workable(row: Opportunity, viewer: Scope) -> Sentence | None:
    """Why the viewer may not change a deal; None where they may."""
    if not viewer.may_edit(unit=row.unit_id, person=row.person_id, organization=row.organization_id):
        return say("somebody else works on it")
    if row.outcome != Opportunity.Outcome.OPEN:
        return say("it is decided already")
    return None


def _stating(field: Field) -> Act:
    """The act that states one field anew."""
    name = field.short

    def refuses(row: Opportunity, value: Any, by: Actor) -> Sentence | None:
        same = getattr(row, name) == value
        return not_workable(row, by.scope) or (SAME if same else None)

    def apply(which: Sequence[UUID], value: Any, by: Actor, now: datetime) -> None:
        state_many([Stated(by, now, one, {name: value}) for one in which], by=by)

    return Act(
        name=name,
        label=field.label,
        field=field,
        before=lambda row: as_typed(field, getattr(row, name)),
        refuses=refuses,
        apply=apply,
        states=("opportunity", name),
    )


def _steps(seen: Seen) -> list[tuple[str, str | Sentence]]:
    """Every step, with its process where there are several."""
    rows = list(Step.objects.seen_by(seen.viewer).select_related("process").order_by("process__since", "place"))
    several = len({row.process_id for row in rows}) > 1
    named: Callable[[Step], str] = lambda row: f"{row.process.name} {row.process.edition}: {row.name}" if several else row.name  # noqa: E731
    return [(str(row.pk), named(row)) for row in rows]


def _step(text: str, seen: Seen) -> Step | None:
    return Step.objects.seen_by(seen.viewer).filter(pk=text).select_related("process").first()


def _no_step(row: Opportunity, step: Step | None, by: Actor) -> Sentence | None:
    wrong = not_workable(row, by.scope)
    if wrong:
        return wrong
    if step is None or (step.process_id != row.process_id and step.process.until is not None):
        return say("that process is no longer in force")
    return say("it is in that step already") if step.pk == row.step_id else None


def _move(which: Sequence[UUID], step: Step, by: Actor, now: datetime) -> None:
    move_many([Moved(by, now, one, step.pk) for one in which], by=by)


def _sellers(seen: Seen) -> list[tuple[str, str | Sentence]]:
    return [(str(one.person), one.name) for one in receivers(Actor(seen.viewer, Door.PAGE), seen.viewer.network)]


def _no_receiver(row: Opportunity, value: Any, by: Actor) -> Sentence | None:
    return not_workable(row, by.scope) or (say("it is theirs already") if str(row.person_id) == str(value) else None)


def _give(which: Sequence[UUID], value: Any, by: Actor, now: datetime) -> None:
    give_many(which, to=UUID(str(value)), by=by, now=now)


ACTS: tuple[Act, ...] = (
    _stating(EXPECTED),
    Act(
        name="step", label=say("Step"), choices=_steps, means=_step,
        before=lambda row: str(row.step_id), refuses=_no_step, apply=_move, states=("opportunity", "stage"),
    ),
    Act(
        name="person", label=say("Seller"), choices=_sellers,
        before=lambda row: str(row.person_id), refuses=_no_receiver, apply=_give, states=("opportunity", "owner"),
    ),
    _stating(ORIGIN),
    _stating(VALUE),
    _stating(TITLE),
)  # fmt: skip
