"""The demonstration network is built: everything is drawn from a seed first, then played through the product's commands."""

import gc
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from django.db import transaction

from bailiwick.demo import acts, aims, diary, founding, lives, past, patches, post, today
from bailiwick.demo.cast import CAST
from bailiwick.demo.days import Days, at
from bailiwick.demo.founding import Ground
from bailiwick.demo.patches import Patches
from bailiwick.demo.playing import Player
from bailiwick.demo.removal import remove
from bailiwick.demo.roster import FIRM, SEED, Seat, roster, sellers
from bailiwick.demo.truth import HISTORY, Truth, truth_of
from bailiwick.kit import Role
from bailiwick.network.commands import open_access
from bailiwick.performance.commands import NewTarget, set_targets
from bailiwick.tenancy.models import Network

SLUG = "demo"
SELLING = frozenset({Role.MANAGER, Role.SELLER, Role.PARTNER_ADMIN, Role.PARTNER_SELLER})
OFFICE = frozenset({Role.DIRECTOR, Role.COACH, Role.SUPPORT_LEAD, Role.STEWARD})


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is. `companies` by territory; `contacts` and `itemised` are shares, `more` the share of words that the
    cast writes beyond one a stay; `every` how many days a seller writes down at once; `care` words with customers after a win.
    """

    deals: int = 6000
    companies: int = 12
    contacts: float = 0.4
    itemised: float = 0.6
    more: float = 0.5
    every: int = 7
    care: int = 500
    promises: int = 200


FULL = Size()
SMALL = Size(deals=90, companies=2, contacts=0.1, itemised=0.2, more=0.2, every=150, care=30, promises=4)


def build(reset: bool = False, *, size: Size = FULL, seed: int = SEED, now: datetime | None = None, slug: str = SLUG) -> bool:
    """The demonstration network stands; False if it stood already. With `reset` the old one is removed first.

    Same seed, size and day give the same network apart from its ids. All of it is one transaction.
    """
    before = Network.objects.filter(slug=slug).first()
    if before is not None:
        if not reset:
            return False
        remove(before)
    now = now or datetime.now(UTC)
    with transaction.atomic(), _unswept():
        truth, days = truth_of(seed), Days.seen_from(now)
        ground = founding.found(slug=slug, days=days, now=now, seed=seed)
        held = patches.settle(ground, truth, companies=size.companies, contacts=size.contacts)
        _logins(ground)
        drawn = past.history(truth, days, seed, count=size.deals, companies=held.companies)
        Player(ground, held).play_all(script(ground, held, drawn, truth, size))
        _aim(ground, aims.aims(drawn, truth, days, seed))
        post.deliver(ground, {part.email for part in CAST} & {seat.email for seat in sellers(seed)})
    return True


@contextmanager
def _unswept() -> Iterator[None]:
    """Without searching for garbage: two years of rows are all still needed, and each search goes through them again.

    Takes a sixth off the time that Python needs for the whole network.
    """
    swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if swept:
            gc.enable()


def _logins(ground: Ground) -> None:
    """Everybody of the cast can be signed in, by the click of the demo only: no password opens these."""
    for part in CAST:
        person = ground.people[part.email].pk
        open_access(person=person, email=part.email, password=None, by=ground.by, now=ground.founded)


def _aim(ground: Ground, wanted: Iterable[aims.Aim]) -> None:
    """The director sets every target ten days before its period."""
    director = ground.actors[next(part.email for part in CAST if part.place == FIRM)]
    of_period: dict[date, list[NewTarget]] = {}
    for one in wanted:
        person = ground.people[one.seller].pk if one.seller else None
        new = NewTarget(
            measure="won_value",
            unit=ground.units[one.place].pk,
            period=one.period,
            amount=one.amount,
            person=person,
            currency="EUR",
        )
        of_period.setdefault(one.period.since, []).append(new)
    for since, targets in of_period.items():
        set_targets(targets, by=director, now=at(ground.days.ago(ground.days.back(since) + 10), 9 * 60))


def script(ground: Ground, held: Patches, drawn: Sequence[lives.Deal], truth: Truth, size: Size) -> list[acts.Act]:
    """Everything that is done, in no order."""
    days, people = ground.days, roster(ground.seed)
    cast = [seat for seat in people if seat.email in {part.email for part in CAST} and seat.role in SELLING]
    emails = {seat.email for seat in cast}
    own = {seat.email: _companies(held, truth, seat) for seat in cast}
    made = list(today.deals(cast, own, len(drawn), truth, days, ground.part("by hand")))
    deals = [*drawn, *made]
    alive: dict[str, list[lives.Deal]] = {}
    for deal in deals:
        if not deal.outcome and deal.over == days.last:
            alive.setdefault(deal.seller, []).append(deal)
    selling = [*sellers(ground.seed), *(seat for seat in cast if seat.role in (Role.MANAGER, Role.PARTNER_ADMIN))]
    return [
        *acts.of_deals(deals, ground.part("acts"), size.itemised),
        *acts.of_deeds(_deeds(ground, deals, truth, size, emails), days, ground.part("writing"), size.every),
        *acts.of_swaps(truth.assignments, days, HISTORY),
        *today.tasks(selling, alive, emails, days, ground.part("tasks")),
        *today.office([seat for seat in people if seat.role in OFFICE], days),
        *today.promises(deals, emails, days, ground.part("promises"), size.promises),
        *today.leads(selling, days, ground.part("leads")),
    ]


def _deeds(ground: Ground, deals: Sequence[lives.Deal], truth: Truth, size: Size, cast: Collection[str]) -> list[diary.Deed]:
    won = [deal for deal in deals if deal.outcome == "won" and deal.origin != lives.BY_HAND]
    random = ground.part("diary")
    diligent = dict.fromkeys(cast, size.more)
    return [*diary.of_deals(deals, truth, random, diligent), *diary.of_customers(won, ground.days, random, size.care)]


def _companies(held: Patches, truth: Truth, seat: Seat) -> list[str]:
    """The companies that somebody of the cast works today."""
    areas = [one.territory for one in truth.assignments if one.email == seat.email and one.until is None]
    return [name for patch in (areas or [seat.email]) for name in held.companies[patch]]


def smaller(size: Size, share: float) -> Size:
    """A size with that share of what happens: for tests."""
    return replace(size, deals=round(size.deals * share), care=round(size.care * share), promises=round(size.promises * share))
