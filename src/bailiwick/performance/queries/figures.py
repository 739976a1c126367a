"""A measure asked, judged and named."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from bailiwick.kit import NotAllowed, Scope, Sentence, say
from bailiwick.ledger.asking import names
from bailiwick.measures import Measure, Shape, Unit
from bailiwick.measures.dimensions import IDS, OF_LINES, PERIODS
from bailiwick.mirror import Cell, Question, ask, can_be_cut
from bailiwick.offer.models import Product, SalesLine
from bailiwick.performance.queries.attainment import of_targets
from bailiwick.performance.queries.tree import of_projects, rolled_up
from bailiwick.performance.rules.figures import Figure, judge
from bailiwick.pipeline.queries import step_places
from bailiwick.tenancy.models import Network
from bailiwick.territories.models import Territory

OFFERED: tuple[Any, ...] = (Product, SalesLine, Territory)
NOT_KNOWN = say("not known")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a measure says: `figures` for each set of keys, `whole` for all of them together (one for each currency).

    `names`: what each key is called, by dimension and key; a key that is its own name is not in it.
    """

    measure: Measure
    question: Question
    figures: Sequence[Figure]
    whole: Sequence[Figure]
    names: Mapping[tuple[str, str], str | Sentence]

    def name(self, figure: Figure) -> str | Sentence:
        """What the first key of a figure is called; "" where nothing was asked by."""
        if not self.question.by:
            return ""
        key = figure.keys[0]
        return self.names.get((self.question.by[0], key), key or NOT_KNOWN)


def today_of(network: Network, today: date) -> date:
    """The "today" of figures: the as-of date of a network that was taken in and not worked in since, else the day it is."""
    return min(network.as_of or today, today)


def figures(measure: Measure, viewer: Scope, question: Question) -> Answer:
    """The figures of the rows that the viewer may count.

    Refused: a measure that is not for the viewer's role, money for those who see none, a dimension that it does not have.
    """
    may_read(measure, viewer)
    can_be_cut(measure, question)
    if measure.shape is Shape.TARGET:
        found, called = of_targets(measure, viewer, question)
        return Answer(measure, question, found, [], called)
    asked = of_projects(question, viewer)
    cells = rolled_up(ask(measure, asked, within=viewer), question, viewer)
    judged = _judged(measure, cells, question)
    called = named(question.by, judged, viewer)
    judged.sort(key=_in_order(question.by, called, viewer))
    if OF_LINES & set(question.by):  # a deal of two products is a case of each, and one in the whole
        cells = ask(measure, replace(asked, by=()), within=viewer)
    whole = _judged(measure, [replace(cell, keys=()) for cell in cells], question) if question.by else judged
    return Answer(measure, question, judged, whole, called)


def _in_order(by: Sequence[str], called: Mapping[tuple[str, str], str | Sentence], viewer: Scope) -> Callable[[Figure], Any]:
    """By what the keys are called, never by the values; steps in the order of their process."""
    places = step_places(viewer) if "step" in by else {}
    return lambda one: [(places.get(key, 0), str(called.get((name, key), key))) for name, key in zip(by, one.keys, strict=True)]


def _judged(measure: Measure, cells: Sequence[Cell], question: Question) -> list[Figure]:
    return judge(measure, cells, as_of=question.as_of, since=question.since, until=question.until)


def may_read(measure: Measure, viewer: Scope) -> None:
    """Raises `NotAllowed` where the measure is not for the viewer's role, or shows money that they do not see."""
    if not viewer.roles & set(measure.readers) and not viewer.everything:
        raise NotAllowed(say("This measure is not for your role."), say("Ask the director if it should be."))
    if not viewer.sees_money and not viewer.everything and (measure.unit is Unit.MONEY or measure.name == "discount"):
        raise NotAllowed(say("You see no money here."), say("Counts and rates are open to you."))


def named(by: Sequence[str], judged: Sequence[Figure], viewer: Scope) -> dict[tuple[str, str], str | Sentence]:
    """What the keys are called, for all dimensions whose keys are ids; periods as people write them."""
    keys = {(name, figure.keys[at]) for at, name in enumerate(by) for figure in judged if figure.keys[at]}
    ids = {UUID(key) for name, key in keys if name in IDS}
    known = names(ids, viewer) if ids else {}
    for model in OFFERED:
        known |= dict(model.objects.seen_by(viewer).filter(pk__in=ids - known.keys()).values_list("pk", "name"))
    found: dict[tuple[str, str], str | Sentence] = {}
    for name, key in keys:
        if name in PERIODS:
            found[name, key] = key[:10]
        elif name in IDS and UUID(key) in known:
            found[name, key] = known[UUID(key)]
        elif name in IDS:
            found[name, key] = NOT_KNOWN
    return found
