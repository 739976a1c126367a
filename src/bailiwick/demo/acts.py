"""What is done and when: the plans of deals and days as one sequence of acts in the order of time. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from bailiwick.demo.days import Days, at, at_work, working
from bailiwick.demo.diary import Deed
from bailiwick.demo.lives import Deal
from bailiwick.demo.truth import Assignment


@dataclass(frozen=True, slots=True)
class Open:
    """A morning of prospecting: these deals of one seller stand in the pipeline."""

    at: datetime
    seller: str
    deals: tuple[Deal, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A deal goes to the step of this place."""

    at: datetime
    deal: Deal
    place: int


@dataclass(frozen=True, slots=True)
class Itemise:
    """A deal gets its lines: the proposal."""

    at: datetime
    deal: Deal


@dataclass(frozen=True, slots=True)
class Restate:
    """The seller says anew when it will close."""

    at: datetime
    deal: Deal
    expected: date


@dataclass(frozen=True, slots=True)
class Decide:
    """Won, lost or withdrawn is recorded."""

    at: datetime
    deal: Deal


@dataclass(frozen=True, slots=True)
class Write:
    """A seller writes down what was done since the last time."""

    at: datetime
    seller: str
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A task, due on a day."""

    at: datetime
    seller: str
    kind: str
    text: str
    account: str
    deal: int | None
    due: date


@dataclass(frozen=True, slots=True)
class Promised:
    """A customer was promised something by a day; kept on another, or not yet."""

    at: datetime
    seller: str
    text: str
    deal: Deal
    due: date
    kept: datetime | None


@dataclass(frozen=True, slots=True)
class Heard:
    """Leads that a seller heard of; `aside` says why the first of them is put aside at once, empty if it is not."""

    at: datetime
    seller: str
    leads: tuple[tuple[str, str, str], ...]
    aside: str


@dataclass(frozen=True, slots=True)
class Swap:
    """Sellers go on in each other's territories, project by project on the same day."""

    at: datetime
    begun: tuple[Assignment, ...]


Turn = Step | Itemise | Restate | Decide
Act = Open | Step | Itemise | Restate | Decide | Write | Plan | Promised | Heard | Swap


def of_deals(deals: Sequence[Deal], random: Random, itemised: float) -> Iterator[Act]:
    """Every act that the deals are made of; a share of those that reach Proposal gets lines."""
    mornings: dict[tuple[date, str], list[Deal]] = defaultdict(list)
    for deal in deals:
        mornings[deal.opened, deal.seller].append(deal)
        yield from _life(deal, random, itemised)
    for (day, seller), opened in mornings.items():
        yield Open(at(day, 8 * 60 + random.randrange(20)), seller, tuple(opened))


def _life(deal: Deal, random: Random, itemised: float) -> Iterator[Act]:
    for place, day in deal.moves:
        moment = at_work(day, random)
        yield Step(moment, deal, place)
        if place == 3 and random.random() < itemised:
            yield Itemise(moment + timedelta(minutes=5), deal)
    for day, expected in deal.restated:
        yield Restate(at(day, 17 * 60 + random.randrange(30)), deal, expected)
    if deal.outcome:
        yield Decide(at(deal.over, 17 * 60 + 40 + random.randrange(15)), deal)


def of_deeds(deeds: Iterable[Deed], days: Days, random: Random, every: int) -> Iterator[Write]:
    """Sellers write down at the end of each period of `every` days what they did in it."""
    periods: dict[tuple[int, str], list[Deed]] = defaultdict(list)
    for deed in deeds:
        periods[days.back(deed.day) // every, deed.seller].append(deed)
    for (back, seller), done in periods.items():
        day = min(working(days.today - timedelta(days=back * every)), days.last)
        done.sort(key=lambda deed: (deed.day, deed.account, deed.text))
        yield Write(at(day, 18 * 60 + random.randrange(30)), seller, tuple(done))


def of_swaps(assignments: Iterable[Assignment], days: Days, founded: int) -> Iterator[Swap]:
    """The days on which territories changed hands."""
    groups: dict[int, list[Assignment]] = defaultdict(list)
    for held in assignments:
        if held.since < founded:
            groups[held.since].append(held)
    for since, begun in groups.items():
        yield Swap(at(days.ago(since), 7 * 60), tuple(begun))
