"""The demonstration network is built: everything is drawn from a seed first, then played through the product's commands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db import transaction

from bailiwick.demo import acts, diary, founding, lives, patches, today
from bailiwick.demo.cast import CAST
from bailiwick.demo.days import Days
from bailiwick.demo.founding import Ground
from bailiwick.demo.patches import Patches
from bailiwick.demo.playing import Player
from bailiwick.demo.removal import remove
from bailiwick.demo.roster import SEED, Seat, project_of, roster, sellers
from bailiwick.demo.truth import HISTORY, Truth, truth_of
from bailiwick.kit import Role
from bailiwick.network.commands import open_access
from bailiwick.tenancy.models import Network

SLUG = "demo"
SELLING = frozenset({Role.MANAGER, Role.SELLER, Role.PARTNER_ADMIN, Role.PARTNER_SELLER})
OFFICE = frozenset({Role.DIRECTOR, Role.COACH, Role.SUPPORT_LEAD, Role.STEWARD})


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is. `companies` by territory; `contacts`, `itemised` and `more` are shares; `every` how many days
    a seller writes down at once; `care` words with customers after a win.
    """

    deals: int = 1000
    companies: int = 10
    contacts: float = 0.4
    itemised: float = 0.6
    more: float = 1.0
    every: int = 7
    care: int = 1000
    promises: int = 40


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
    with transaction.atomic():
        truth, days = truth_of(seed), Days.seen_from(now)
        ground = founding.found(slug=slug, days=days, now=now, seed=seed)
        held = patches.settle(ground, truth, companies=size.companies, contacts=size.contacts)
        _logins(ground)
        Player(ground, held).play_all(script(ground, held, truth, size))
    return True


def _logins(ground: Ground) -> None:
    """Everybody of the cast can be signed in, by the click of the demo only: no password opens these."""
    for part in CAST:
        person = ground.people[part.email].pk
        open_access(person=person, email=part.email, password=None, by=ground.by, now=ground.founded)


def script(ground: Ground, held: Patches, truth: Truth, size: Size) -> list[acts.Act]:
    """Everything that is done, in no order."""
    days, people = ground.days, roster(ground.seed)
    cast = [seat for seat in people if seat.email in {part.email for part in CAST} and seat.role in SELLING]
    emails = {seat.email for seat in cast}
    drawn = history(ground, held, truth, size)
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
        *acts.of_deeds(_deeds(ground, deals, size), days, ground.part("writing"), size.every),
        *acts.of_swaps(truth.assignments, days, HISTORY),
        *today.tasks(selling, alive, emails, days, ground.part("tasks")),
        *today.office([seat for seat in people if seat.role in OFFICE], days),
        *today.promises(deals, emails, days, ground.part("promises"), size.promises),
        *today.leads(selling, days, ground.part("leads")),
    ]


def history(ground: Ground, held: Patches, truth: Truth, size: Size) -> list[lives.Deal]:
    """The deals of two years, dealt out to the mornings of prospecting by their weights."""
    random = ground.part("lives")
    mornings = sorted(lives.rounds(truth, ground.days, ground.part("rounds")), key=lambda one: (one[0], one[1].territory))
    chosen = random.choices(mornings, [weight for *_, weight in mornings], k=size.deals)
    chosen.sort(key=lambda one: (one[0], one[1].territory))
    return [
        lives.deal(
            truth,
            ground.days,
            random,
            number=number,
            seller=assignment.email,
            ease=area.ease,
            line=project_of(area.unit).line,
            account=random.choice(held.companies[area.name]),
            opened=day,
        )
        for number, (day, assignment, area, _) in enumerate(chosen)
    ]


def _deeds(ground: Ground, deals: Sequence[lives.Deal], size: Size) -> list[diary.Deed]:
    won = [deal for deal in deals if deal.outcome == "won" and deal.origin != lives.BY_HAND]
    random = ground.part("diary")
    return [*diary.of_deals(deals, random, size.more), *diary.of_customers(won, ground.days, random, size.care)]


def _companies(held: Patches, truth: Truth, seat: Seat) -> list[str]:
    """The companies that somebody of the cast works today."""
    areas = [one.territory for one in truth.assignments if one.email == seat.email and one.until is None]
    return [name for patch in (areas or [seat.email]) for name in held.companies[patch]]


def smaller(size: Size, share: float) -> Size:
    """A size with that share of what happens: for tests."""
    return replace(size, deals=round(size.deals * share), care=round(size.care * share), promises=round(size.promises * share))
