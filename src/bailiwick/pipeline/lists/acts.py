"""What is done to many deals at once, or to one in its place in a list: each by the command that any other door calls."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from bailiwick.fields import Field
from bailiwick.fields.typed import as_typed
from bailiwick.kit import Actor, Door, Sentence, say
from bailiwick.lists import Act, Seen
from bailiwick.network.queries import receivers
from bailiwick.pipeline.commands.giving import give_many
from bailiwick.pipeline.commands.opening import Stated, state_many
from bailiwick.pipeline.commands.stepping import Moved, move_many
from bailiwick.pipeline.fields import EXPECTED, ORIGIN, TITLE, VALUE
from bailiwick.pipeline.models import Opportunity, Step


def _not_workable(row: Opportunity, by: Actor) -> Sentence | None:
    if not by.scope.may_edit(unit=row.unit_id, person=row.person_id, organization=row.organization_id):
        return say("somebody else works on it")
    if row.outcome != Opportunity.Outcome.OPEN:
        return say("it is decided already")
    return None


def _stating(field: Field) -> Act:
    """The act that states one field anew."""
    name = field.short

    def refuses(row: Opportunity, value: Any, by: Actor) -> Sentence | None:
        same = getattr(row, name) == value
        return _not_workable(row, by) or (say("it says so already") if same else None)

    def apply(which: Sequence[UUID], value: Any, by: Actor, now: datetime) -> None:
        state_many([Stated(by, now, one, {name: value}) for one in which], by=by)

    return Act(
        name=name,
        label=field.label,
        field=field,
        before=lambda row: as_typed(field, getattr(row, name)),
        refuses=refuses,
        apply=apply,
    )


def _steps(seen: Seen) -> list[tuple[str, str | Sentence]]:
    """Every step, with its process where there are several."""
    rows = list(Step.objects.seen_by(seen.viewer).select_related("process").order_by("process__since", "place"))
    several = len({row.process_id for row in rows}) > 1
    named: Callable[[Step], str] = lambda row: f"{row.process.name} {row.process.edition}: {row.name}" if several else row.name  # noqa: E731
    return [(str(row.pk), named(row)) for row in rows]


def _no_step(row: Opportunity, value: Any, by: Actor) -> Sentence | None:
    wrong = _not_workable(row, by)
    if wrong:
        return wrong
    if str(row.step_id) == str(value):
        return say("it is in that step already")
    there = Q(process=row.process_id) | Q(process__until=None)
    return None if Step.objects.seen_by(by.scope).filter(there, pk=value).exists() else say("that process is no longer in force")


def _move(which: Sequence[UUID], value: Any, by: Actor, now: datetime) -> None:
    move_many([Moved(by, now, one, UUID(str(value))) for one in which], by=by)


def _sellers(seen: Seen) -> list[tuple[str, str | Sentence]]:
    return [(str(one.person), one.name) for one in receivers(Actor(seen.viewer, Door.PAGE), seen.viewer.network)]


def _no_receiver(row: Opportunity, value: Any, by: Actor) -> Sentence | None:
    return _not_workable(row, by) or (say("it is theirs already") if str(row.person_id) == str(value) else None)


def _give(which: Sequence[UUID], value: Any, by: Actor, now: datetime) -> None:
    give_many(which, to=UUID(str(value)), by=by, now=now)


ACTS: tuple[Act, ...] = (
    _stating(EXPECTED),
    Act(name="step", label=say("Step"), choices=_steps, before=lambda row: str(row.step_id), refuses=_no_step, apply=_move),
    Act(
        name="person", label=say("Seller"), choices=_sellers,
        before=lambda row: str(row.person_id), refuses=_no_receiver, apply=_give,
    ),
    _stating(ORIGIN),
    _stating(VALUE),
    _stating(TITLE),
)  # fmt: skip
