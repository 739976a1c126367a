"""What makes today look alive: deals of the cast that close, lapse or were won, everybody's tasks and promises. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from bailiwick.demo.acts import Heard, Plan, Promised
from bailiwick.demo.days import DAY, Days, at, at_work, working
from bailiwick.demo.lives import BY_HAND, Deal, goods, title
from bailiwick.demo.names import CompanyNames, PeopleNames, words
from bailiwick.demo.roster import Seat, project_of
from bailiwick.demo.truth import Truth

# (days until the stated close, step, outcome) of the deals that every selling member of the cast has.
STORY = ((2, 4, ""), (4, 3, ""), (0, 3, ""), (-1, 4, ""), (6, 2, ""), (-2, 4, "won"), (None, 2, ""))
LEAD_ORIGINS = ("website", "trade fair", "recommendation", "call list")
ASIDE = "only wanted a price to compare"


def deals(
    seats: Sequence[Seat], companies: Mapping[str, Sequence[str]], first: int, truth: Truth, days: Days, random: Random
) -> Iterator[Deal]:
    """The deals made by hand, numbered from `first`."""
    number = first
    for seat in seats:
        for ahead, step, outcome in STORY:
            line, account = project_of(seat.place).line, random.choice(companies[seat.email])
            opened = days.ago(30 + 9 * step + random.randrange(20))
            chosen = goods(line, days, opened, truth.habits.discounted, random)
            expected = None if ahead is None else days.today + timedelta(days=ahead)
            over = min(days.last, working(days.today - 3 * DAY)) if outcome else days.last
            yield Deal(
                number=number, seller=seat.email, account=account, title=title(account, chosen), items=chosen, origin=BY_HAND,
                opened=opened, expected=expected, over=over, moves=tuple(_moves(opened, step, over)), outcome=outcome,
            )  # fmt: skip
            number += 1


def _moves(opened: date, step: int, over: date) -> Iterator[tuple[int, date]]:
    """Steps evenly between the opening and a week before the end."""
    for place in range(2, step + 1):
        yield place, working(opened + (over - 7 * DAY - opened) * (place - 1) / step)


def tasks(
    seats: Sequence[Seat], open_deals: Mapping[str, Sequence[Deal]], cast: set[str], days: Days, random: Random
) -> Iterator[Plan]:
    """Everybody who sells has a task or two to come; the cast has one overdue, two for today and one for tomorrow."""
    for seat in seats:
        own = open_deals.get(seat.email, ())
        dues = (-3, 0, 0, 1, 5) if seat.email in cast else random.sample((-2, 0, 1, 2, 3, 6, 9), 2)
        for due in dues if own else ():
            kind, text = random.choice(words.TASKS)
            deal = random.choice(own)
            moment = at_work(max(days.ago(max(2, 2 - due)), deal.opened), random)
            yield Plan(moment, seat.email, kind, text, deal.account, deal.number, days.today + timedelta(days=due))


def office(seats: Sequence[Seat], days: Days) -> Iterator[Plan]:
    """Those who sell nothing have something to do as well."""
    for seat in seats:
        for place, (kind, text) in enumerate(words.OFFICE.get(seat.role, ())):
            yield Plan(at(days.last, 16 * 60 + place), seat.email, kind, text, "", None, days.today + place * DAY)


def promises(deals: Sequence[Deal], cast: set[str], days: Days, random: Random, count: int) -> Iterator[Promised]:
    """The cast has one promise due today and one soon; others made and mostly kept theirs when their deals ran."""
    for email in sorted(cast):
        own = [deal for deal in deals if deal.seller == email and not deal.outcome and deal.origin == BY_HAND]
        for deal, ahead in zip(own, (0, 3), strict=False):
            made = at_work(days.ago(5), random)
            yield Promised(made, email, random.choice(words.PROMISES), deal, days.today + ahead * DAY, None)
    asked = [deal for deal in deals if deal.moves and deal.over > deal.moves[0][1] and deal.origin != BY_HAND]
    for deal in random.sample(asked, min(count, len(asked))):
        begun, due = deal.moves[0][1], working(deal.moves[0][1] + random.randrange(2, 9) * DAY)
        kept = working(due + random.choice((-1, 0, 0, 0, 2)) * DAY)
        done = at(kept, 15 * 60) if begun < kept <= min(days.last, deal.over) else None
        if done or deal.over == days.last:
            yield Promised(at(begun, 18 * 60), deal.seller, random.choice(words.PROMISES), deal, due, done)


def leads(seats: Sequence[Seat], days: Days, random: Random) -> Iterator[Heard]:
    """Every third seller heard of somebody lately; some are put aside at once."""
    names, companies = PeopleNames(random), CompanyNames(random)
    for seat in seats[::3]:
        heard = tuple(
            (names.customer(), companies.next("Hamburg", "Germany").name, random.choice(LEAD_ORIGINS))
            for _ in range(random.choice((1, 2, 3)))
        )
        yield Heard(at_work(days.ago(random.randrange(2, 40)), random), seat.email, heard, ASIDE if random.random() < 0.3 else "")
