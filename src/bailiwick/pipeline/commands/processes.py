"""A way to sell comes into force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bailiwick.kit import Actor, NotAllowed, Refused, Role, say
from bailiwick.pipeline.models import Process, Step
from bailiwick.tenancy.turns import take_turns


@dataclass(frozen=True, kw_only=True)
class NewStep:
    """A step to be, in its order."""

    name: str
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    exit_criteria: str = ""
    usual_days: int | None = None


def issue_process(name: str, steps: Sequence[NewStep], *, since: date, by: Actor) -> Process:
    """A new edition of the process is in force; opportunities opened before stay in theirs. By director or steward."""
    if not (by.system or by.scope.roles & {Role.DIRECTOR, Role.STEWARD}):
        raise NotAllowed(say("The process is kept by the steward and the director."), say("Suggest a change to the steward."))
    if not steps:
        raise Refused("no_steps", say("A process has at least one step."))
    take_turns("pipeline.process", by.network)  # each edition follows one that nobody else follows
    before = Process.objects.in_network(by).filter(name=name).order_by("-edition").first()
    if before is not None:
        before.until = since - timedelta(days=1)
        before.save(update_fields=["until"])
    process = Process.objects.in_network(by).create(
        network_id=by.network, name=name, edition=before.edition + 1 if before else 1, since=since
    )
    Step.objects.in_network(by).bulk_create(
        Step(
            network_id=by.network,
            process=process,
            place=place,
            name=step.name,
            inputs=list(step.inputs),
            outputs=list(step.outputs),
            exit_criteria=step.exit_criteria,
            usual_days=step.usual_days,
        )
        for place, step in enumerate(steps, start=1)
    )
    return process


def steps_in_force(by: Actor) -> list[Step]:
    """The steps of the newest process, in order; refuses where there is none yet."""
    steps = Step.objects.in_network(by).filter(process__until=None).select_related("process")
    rows = list(steps.order_by("-process__since", "process", "place"))
    if not rows:
        raise Refused("no_process", say("There is no sales process yet."), say("Ask the steward to put one in force."))
    return [step for step in rows if step.process_id == rows[0].process_id]
