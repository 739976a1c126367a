"""What sellers do day by day about their deals and companies. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from bailiwick.demo.days import Days, working
from bailiwick.demo.lives import Deal
from bailiwick.demo.names import words

# How often each kind happens in each step.
KINDS: tuple[dict[str, int], ...] = (
    {"call": 6, "mail": 3, "visit": 1},
    {"meeting": 4, "call": 3, "mail": 2},
    {"mail": 4, "call": 3, "meeting": 2},
    {"call": 5, "meeting": 2, "mail": 2},
)
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


def of_deals(deals: Sequence[Deal], random: Random, share: float) -> Iterator[Deed]:
    """At least one deed in each stay of a deal, and one more every fortnight or so; `share` of those more."""
    for deal in deals:
        days = [deal.opened, *(day for _, day in deal.moves), deal.over]
        for step, (begun, left) in enumerate(pairwise(days)):
            stay = (left - begun).days
            more = int(stay / PACE * share + random.random())
            for day in sorted(begun + timedelta(days=random.randrange(stay + 1)) for _ in range(more)):
                yield _deed(deal, step, min(working(day), left), random)
            if step or not more:
                yield _deed(deal, step, begun, random)


def _deed(deal: Deal, step: int, day: date, random: Random) -> Deed:
    kind = random.choices(list(KINDS[step]), list(KINDS[step].values()))[0]
    return Deed(day, deal.seller, kind, random.choice(TEXTS[kind][step]), deal.account, deal.number)


def of_customers(won: Sequence[Deal], days: Days, random: Random, count: int) -> Iterator[Deed]:
    """`count` words with customers who bought, later, by the one who sold to them."""
    for _ in range(count if won else 0):
        deal, kind = random.choice(won), random.choice(("call", "call", "visit", "mail"))
        day = working(deal.over + timedelta(days=random.randrange(10, 200)))
        if day <= days.last:
            yield Deed(day, deal.seller, kind, random.choice(words.CARE), deal.account, None)
