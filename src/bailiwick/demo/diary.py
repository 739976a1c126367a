"""What sellers do day by day about their deals and companies. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from bailiwick.demo.days import Days, working
from bailiwick.demo.lives import Deal
from bailiwick.demo.names import words
from bailiwick.demo.truth import Truth

# How often each kind happens in each step beside appointments, of which the truth knows how many there are.
KINDS: tuple[dict[str, int], ...] = (
    {"call": 6, "mail": 3},
    {"call": 3, "mail": 2},
    {"mail": 4, "call": 3},
    {"call": 5, "mail": 2},
)
APPOINTMENTS = {"meeting": 3, "visit": 1}
TEXTS = {"call": words.CALLS, "visit": words.MEETINGS, "meeting": words.MEETINGS, "mail": words.MAILS}
PACE = 14.0


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done on a day. `deal` is None for a word with a customer beside any deal."""

    day: date
    seller: str
    kind: str
    text: str
    account: str
    deal: int | None


def of_deals(deals: Sequence[Deal], truth: Truth, random: Random, diligent: Mapping[str, float]) -> Iterator[Deed]:
    """In each stay of a deal the appointment that the truth says, or a word where it is written down.

    The `diligent` write something in every stay, and beyond it a share of one word a fortnight; never more appointments, so
    that the truth of those holds.
    """
    for deal in deals:
        days = [deal.opened, *(day for _, day in deal.moves), deal.over]
        for place, (begun, left) in enumerate(pairwise(days)):
            stay = (left - begun).days
            met = random.random() < truth.steps[place].appointments
            if met:
                day = min(working(begun + timedelta(days=random.randrange(1, 8))), left)
                yield _deed(deal, place, APPOINTMENTS, day, random)
            more = int(stay / PACE * diligent.get(deal.seller, 0.0))
            for day in sorted(begun + timedelta(days=random.randrange(stay + 1)) for _ in range(more)):
                yield _deed(deal, place, KINDS[place], min(working(day), left), random)
            if not met and not more and (deal.seller in diligent or random.random() > truth.habits.unwritten):
                yield _deed(deal, place, KINDS[place], begun, random)


def _deed(deal: Deal, place: int, kinds: Mapping[str, int], day: date, random: Random) -> Deed:
    kind = random.choices(list(kinds), list(kinds.values()))[0]
    return Deed(day, deal.seller, kind, random.choice(TEXTS[kind][place]), deal.account, deal.number)


def of_customers(won: Sequence[Deal], days: Days, random: Random, count: int) -> Iterator[Deed]:
    """`count` words with customers who bought, later, by the one who sold to them."""
    for _ in range(count if won else 0):
        deal, kind = random.choice(won), random.choice(("call", "call", "visit", "mail"))
        day = working(deal.over + timedelta(days=random.randrange(10, 200)))
        if day <= days.last:
            yield Deed(day, deal.seller, kind, random.choice(words.CARE), deal.account, None)
