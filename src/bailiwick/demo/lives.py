"""The life of every deal, drawn from the truth: when it came, how far it went, what was said and how it ended. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from bailiwick.demo.days import Days, working
from bailiwick.demo.goods import GOODS, SECOND_EDITION, Good
from bailiwick.demo.truth import Truth

REASONS = (
    ("price", 5), ("bought from a competitor", 4), ("no budget this year", 4), ("project stopped", 2),
    ("no answer any more", 3), ("contract with another supplier still runs", 2), ("a feature was missing", 1),
)  # fmt: skip
GIVEN_UP = ("not our kind of customer", "too small to be worth the visits", "waits for the head office")
ORIGINS = ("cold call", "call list", "recommendation", "website", "trade fair", "existing customer")
# Deals made by hand so that the cast has a day worth looking at; scoring leaves them out.
BY_HAND = "demo day"


@dataclass(frozen=True, slots=True)
class Item:
    """A line of a deal to be."""

    good: Good
    quantity: int
    price: Decimal


@dataclass(frozen=True, slots=True)
class Deal:
    """Everything that will be done with one opportunity. `outcome` is empty while nobody has recorded one.

    `moves` are (step from 1, day), `restated` (day, new expected close), `over` the day after which nothing happens.
    """

    number: int
    seller: str
    account: str
    title: str
    items: tuple[Item, ...]
    origin: str
    opened: date
    expected: date | None
    over: date
    moves: tuple[tuple[int, date], ...] = ()
    restated: tuple[tuple[date, date], ...] = ()
    outcome: str = ""
    reason: str = ""

    @property
    def value(self) -> Decimal:
        return sum((item.price * item.quantity for item in self.items), Decimal(0)).quantize(Decimal("0.01"))


@dataclass(frozen=True, slots=True)
class Fate:
    """How a deal truly goes: days of entering steps 2 to 4, and its end (None: still under way)."""

    moves: tuple[tuple[int, date], ...]
    end: date | None
    won: bool


def fate(truth: Truth, *, seller: str, ease: float, opened: date, days: Days, random: Random) -> Fate:
    """A walk through the steps under two competing risks; each stay lasts a working day at least."""
    day, skill = opened, truth.skill(seller)
    moves: list[tuple[int, date]] = []
    for step in range(len(truth.steps)):
        onward = truth.onward(step, skill=skill, ease=ease, day=day, back=days.back(day))
        lost = truth.steps[step].lost
        stay = random.expovariate(onward + lost)
        goes_on = random.random() < onward / (onward + lost)
        day = working(day + timedelta(days=max(1, round(stay))))
        if day > days.last:
            return Fate(tuple(moves), None, False)
        if not goes_on:
            return Fate(tuple(moves), day, False)
        if step + 1 < len(truth.steps):
            moves.append((step + 2, day))
    return Fate(tuple(moves), day, True)


def deal(
    truth: Truth, days: Days, random: Random, *, number: int, seller: str, ease: float, line: str, account: str, opened: date
) -> Deal:
    """One deal with what its seller writes down of it."""
    true = fate(truth, seller=seller, ease=ease, opened=opened, days=days, random=random)
    chosen = goods(line, days, opened, truth.habits.discounted, random)
    plan = Deal(
        number=number,
        seller=seller,
        account=account,
        title=title(account, chosen),
        items=chosen,
        origin=random.choice(ORIGINS),
        opened=opened,
        expected=opened + timedelta(days=max(20, round(random.gauss(85, 22)))),
        over=true.end or days.last,
        moves=true.moves,
    )
    return _dated(_decided(plan, true, truth, random), true, truth, days, random)


def _decided(plan: Deal, true: Fate, truth: Truth, random: Random) -> Deal:
    if true.end is None:
        return plan
    if true.won:
        return replace(plan, outcome="won")
    if random.random() < truth.habits.unrecorded:
        return plan
    if random.random() < truth.habits.withdrawn:
        return replace(plan, outcome="withdrawn", reason=random.choice(GIVEN_UP))
    return replace(plan, outcome="lost", reason=random.choices(*zip(*REASONS, strict=True))[0])


def _dated(plan: Deal, true: Fate, truth: Truth, days: Days, random: Random) -> Deal:
    """Expected closes: some never stated, some restated when their day comes and the deal is still alive, others lapse."""
    if random.random() < truth.habits.undated:
        return replace(plan, expected=None)
    alive_then = plan.expected is not None and plan.expected < plan.over
    if plan.expected is None or not alive_then or random.random() > truth.habits.restated:
        return plan
    said = min(working(plan.expected, back=True), days.last)
    target = (true.end if plan.outcome else days.today) or days.today
    later = max(target, plan.expected) + timedelta(days=random.randrange(4, 40))
    return replace(plan, restated=((said, later),)) if plan.opened < said < plan.over else plan


def goods(line: str, days: Days, day: date, discounted: float, random: Random) -> tuple[Item, ...]:
    """One to three products of the line at the prices of the day, some below list."""
    offered = [good for good in GOODS if good.line == line]
    edition = 2 if days.back(day) < SECOND_EDITION else 1
    less = Decimal(round(random.betavariate(1.6, 9) * 100)) / 100 if random.random() < discounted else Decimal(0)
    chosen = random.sample(offered, random.choices((1, 2, 3), (5, 3, 2))[0])
    return tuple(
        Item(good, random.choice(good.quantities), (good.price_in(edition) * (1 - less)).quantize(Decimal("0.01")))
        for good in chosen
    )


def title(account: str, chosen: Sequence[Item]) -> str:
    """What the deal is called: the first words of the company and the largest part."""
    largest = max(chosen, key=lambda item: item.price * item.quantity)
    times = f"{largest.quantity} × " if largest.quantity > 1 else ""
    return f"{' '.join(account.split()[:2])}: {times}{largest.good.title}"
