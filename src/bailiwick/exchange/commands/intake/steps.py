"""The stages of a source in the steps of the process in force."""

from collections.abc import Mapping, Sequence

from bailiwick.exchange.commands.intake.hold import Hold
from bailiwick.exchange.rules.folding import folded
from bailiwick.exchange.rules.mapping import Mapping as Reading
from bailiwick.exchange.rules.mapping import Question
from bailiwick.kit import Sentence, say
from bailiwick.pipeline.commands.processes import NewStep, issue_process
from bailiwick.pipeline.models import Process, Step
from bailiwick.tenancy.walls import InNetwork

ONE_STEP = ("Deal",)  # for sources that know no stages, such as lists of orders


def places_of(reading: Reading, hold: Hold) -> Mapping[int, int]:
    """For each step of the source (1 is the first) its place in the process; a network without one gets the source's."""
    names = reading.steps or ONE_STEP
    there = steps_here(hold.by)
    if not there:
        steps = [NewStep(name=name[:120]) for name in names]
        hold.also_made("process", [issue_process(hold.of.source, steps, since=hold.since.date(), by=hold.by)])
        return {place: place for place in range(1, len(names) + 1)}
    chosen = reading.same.get("step", {})
    place = {folded(name): number for number, name in enumerate(there, start=1)}
    return {
        number: place.get(folded(chosen.get(name, name))) or place.get(folded(name), 1)
        for number, name in enumerate(names, start=1)
    }


def steps_here(by: InNetwork) -> list[str]:
    """The steps of the newest process, by name and in order; none where nobody has put one in force."""
    newest = Process.objects.in_network(by).filter(until=None).order_by("-since", "pk").first()
    if newest is None:
        return []
    return list(Step.objects.in_network(by).filter(process=newest).order_by("place").values_list("name", flat=True))


def step_questions(reading: Reading, by: InNetwork) -> tuple[Question, ...]:
    """Stages of the source that no step here is called like: somebody has to say where such deals stand."""
    there = steps_here(by)
    steps = {folded(name) for name in there}
    # What somebody chose holds while the step that they chose is there.
    known = steps | {folded(name) for name, chosen in reading.same.get("step", {}).items() if folded(chosen) in steps}
    ask = say("A deal in the stage “%(stage)s”: in which step of your process does it stand?")
    return tuple(
        Question(f"step|{name}", Sentence(ask.template, {"stage": name}), _choices(there, place / len(reading.steps)))
        for place, name in enumerate(reading.steps)
        if there and folded(name) not in known
    )


def _choices(steps: Sequence[str], along: float) -> tuple[tuple[str, Sentence], ...]:
    """Every step, the one as far along the way as the stage is in its source first."""
    guess = steps[int(along * len(steps))]
    return tuple((name, Sentence("%(step)s", {"step": name})) for name in (guess, *(one for one in steps if one != guess)))
