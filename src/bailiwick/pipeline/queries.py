"""Questions about selling: exact statements of the present state. Whatever generalises is a measure, not a query."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from bailiwick.kit import NotSeen, Scope
from bailiwick.pipeline.models import Activity, Lead, Line, Opportunity, Process, Promise, Stage, Step
from bailiwick.pipeline.models.opportunities import NEVER, due
from bailiwick.pipeline.rules.line import Named, Understood, candidates, understand
from bailiwick.tenancy.paging import SIZE, Slice, page
from bailiwick.tenancy.words import having, having_any
from bailiwick.territories.models import Account
from bailiwick.territories.queries import contacts_named_like, named_like


def opportunity(viewer: Scope, which: UUID) -> Opportunity:
    """An opportunity in sight, as `shown`; raises `NotSeen`."""
    rows = Opportunity.objects.seen_by(viewer).select_related("account", "step", "process", "unit", "person")
    found = rows.filter(pk=which).first()
    if found is None:
        raise NotSeen
    return shown(viewer, [found])[0]


def shown(viewer: Scope, rows: Iterable[Opportunity]) -> list[Opportunity]:
    """Opportunities as the viewer may read them: without their money for whoever comes by a sight only (a coach).

    For showing: a row without its money is never to be saved.
    """
    found = list(rows)
    for row in found if not viewer.sees_money else ():
        row.value, row.currency, row.stated_discount, row.stated_margin = None, "", None, None
    return found


def opportunities(
    viewer: Scope,
    *,
    today: date,
    standing: str = "",
    text: str = "",
    account: UUID | None = None,
    person: UUID | None = None,
    units: Sequence[UUID] = (),
) -> QuerySet[Opportunity]:
    """Opportunities in sight. `standing` as in `rules.standing`; of one account, person or some units if named."""
    rows = Opportunity.objects.seen_by(viewer).select_related("account", "step", "person")
    rows = rows.filter(STANDING[standing](today)) if standing in STANDING else rows
    rows = rows.filter(account=account) if account else rows
    rows = rows.filter(person=person) if person else rows
    rows = rows.filter(unit__in=units) if units else rows
    rows = with_words(rows, text, viewer) if text else rows
    return rows.annotate(due=due())


def with_words(rows: QuerySet[Opportunity], text: str, viewer: Scope) -> QuerySet[Opportunity]:
    """Those whose title, or whose company in sight, has words that begin like those of `text`."""
    deals = Opportunity.objects.seen_by(viewer)
    titled = having(deals, text, viewer).values("pk")
    companies = having(Account.objects.seen_by(viewer), text, viewer).values("pk")
    # Put together, and not joined by OR, which would look at every deal.
    return rows.filter(pk__in=titled.union(deals.filter(account__in=companies).values("pk")))


_OPEN = Q(outcome=Opportunity.Outcome.OPEN)


# Asked by the column of the order (`due`), so that its index begins where the rows do.
def _due_from(day: date) -> Q:
    return Q(GreaterThanOrEqual(due(), Value(day)))


def _due_before(day: date) -> Q:
    return Q(LessThan(due(), Value(day)))


def winnable(today: date) -> Q:
    """Deals that can still be won in time: open ones with a day to come or none; what measures call the pipeline."""
    return _OPEN & Q(stale_on_arrival=False) & _due_from(today)


STANDING: dict[str, Callable[[date], Q]] = {
    "winnable": winnable,
    "open": lambda today: winnable(today) & _due_before(NEVER),
    "undecided": lambda today: _OPEN,
    "undated": lambda today: _OPEN & Q(stale_on_arrival=False, expected=None),
    "lapsed": lambda today: _OPEN & Q(stale_on_arrival=False) & _due_before(today),
    "stale": lambda today: _OPEN & Q(stale_on_arrival=True),
    "won": lambda today: Q(outcome=Opportunity.Outcome.WON),
    "lost": lambda today: Q(outcome__in=(Opportunity.Outcome.LOST, Opportunity.Outcome.WITHDRAWN)),
}


def opportunity_page(rows: QuerySet[Opportunity], *, cursor: str = "", size: int = SIZE) -> Slice[Opportunity]:
    """One page of `opportunities`, the next to close first and undated ones last."""
    return page(rows, key="due", cursor=cursor, size=size)


@dataclass(frozen=True, slots=True)
class StepTally:
    """Open opportunities in one step and currency: how many, and their value where it is known."""

    step: str
    place: int
    count: int
    value: Decimal | None
    currency: str


def by_step(rows: QuerySet[Opportunity]) -> list[StepTally]:
    """A tally of `rows` by step and currency, in the order of the process; currencies are never added."""
    grouped = rows.order_by().values("step__name", "step__place", "currency").annotate(n=Count("pk"), total=Sum("value"))
    found = [StepTally(r["step__name"], r["step__place"], r["n"], r["total"], r["currency"]) for r in grouped]
    return sorted(found, key=lambda tally: (tally.place, tally.currency))


def by_step_of(rows: QuerySet[Opportunity], process: UUID) -> list[StepTally]:
    """The same of one process only."""
    return by_step(rows.filter(process=process))


def sales_processes(viewer: Scope, rows: QuerySet[Opportunity]) -> list[tuple[Process, int]]:
    """Processes in force and those in which some of `rows` still are, each with how many, the newest first."""
    counts = dict(rows.order_by().values("process").annotate(n=Count("pk")).values_list("process", "n"))
    found = Process.objects.seen_by(viewer).filter(Q(until=None) | Q(pk__in=counts)).order_by("-since", "-pk")
    return [(process, counts.get(process.pk, 0)) for process in found]


def in_step_since(viewer: Scope, which: Sequence[UUID]) -> dict[UUID, date]:
    """For each deal the day on which it came into the step that it is in."""
    rows = Stage.objects.seen_by(viewer).filter(opportunity__in=which, open=True, entered__isnull=False)
    return {which: day for which, day in rows.values_list("opportunity", "entered") if day is not None}


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in a unit on a day: promises past their day, open deals that lapsed lately, and all that are open."""

    promises: int = 0
    lapsed: int = 0
    open: int = 0

    @property
    def many_lapsed(self) -> bool:
        """Whether lapsing is no exception here: a fifth of what is open, and three at least."""
        return self.lapsed >= max(3, self.open / 5)


def waiting(viewer: Scope, today: date, *, since: date) -> dict[UUID, Waiting]:
    """A tally by unit, of the rows in sight; `since`: how far back a lapsed deal is still one that waits. Two statements."""
    late = Promise.objects.seen_by(viewer).filter(kept=None, withdrawn=None, due__lt=today).values("unit").annotate(n=Count("pk"))
    promised = dict(late.values_list("unit", "n"))
    lapsed = Q(stale_on_arrival=False, expected__lt=today, expected__gte=since)
    deals = Opportunity.objects.seen_by(viewer).filter(_OPEN).values("unit")
    counted = deals.annotate(lapsed=Count("pk", filter=lapsed), all=Count("pk", filter=Q(stale_on_arrival=False)))
    found = {row["unit"]: Waiting(promised.pop(row["unit"], 0), row["lapsed"], row["all"]) for row in counted}
    return found | {unit: Waiting(promises=n) for unit, n in promised.items()}


def step_places(viewer: Scope) -> dict[str, int]:
    """The place of every step, by its id as text."""
    return {str(step): place for step, place in Step.objects.seen_by(viewer).values_list("pk", "place")}


def promises_of(viewer: Scope, units: Sequence[UUID], *, until: date, most: int) -> list[Promise]:
    """Promises to customers of these units that are open and due by `until`, the earliest first."""
    rows = Promise.objects.seen_by(viewer).filter(unit__in=units, kept=None, withdrawn=None, due__lte=until)
    return list(rows.select_related("account", "opportunity", "person").order_by("due", "id")[:most])


def lapsing(viewer: Scope, units: Sequence[UUID], *, since: date, until: date, most: int) -> list[Opportunity]:
    """Open deals of these units whose expected close lies between the two days, the earliest first."""
    rows = Opportunity.objects.seen_by(viewer).filter(_OPEN, unit__in=units, stale_on_arrival=False)
    rows = rows.filter(expected__gte=since, expected__lte=until).select_related("account", "person", "step")
    return shown(viewer, rows.order_by("expected", "id")[:most])


def lines(viewer: Scope, of: UUID) -> list[Line]:
    """The lines of an opportunity in sight, with product and the price version kept; without prices as in `shown`."""
    rows = Line.objects.seen_by(viewer).filter(opportunity=of)
    found = list(rows.select_related("product", "price_version", "price_version__price_list").order_by("product__name"))
    for row in found if not viewer.sees_money else ():
        row.price = row.price_version = None
    return found


def stages(viewer: Scope, of: UUID) -> list[Stage]:
    """Every stay of an opportunity in a step, oldest first."""
    return list(Stage.objects.seen_by(viewer).filter(opportunity=of).select_related("step").order_by("recorded", "pk"))


def steps(viewer: Scope, process: UUID) -> list[Step]:
    """The steps of a process, in order."""
    return list(Step.objects.seen_by(viewer).filter(process=process).order_by("place"))


def process(viewer: Scope, which: UUID) -> Process:
    """A process; raises `NotSeen`."""
    found = Process.objects.seen_by(viewer).filter(pk=which).first()
    if found is None:
        raise NotSeen
    return found


def process_in_force(viewer: Scope) -> Process | None:
    """The newest process."""
    return Process.objects.seen_by(viewer).filter(until=None).order_by("-since", "-pk").first()


def tasks(viewer: Scope, person: UUID, *, until: date, since: date | None = None) -> list[Activity]:
    """What the person planned and has not done, due by `until` or without a day; with `since` not what was due before."""
    rows = Activity.objects.seen_by(viewer).filter(person=person, done=None, dropped=None)
    rows = rows.filter(due__gte=since) if since else rows
    rows = rows.filter(Q(due=None) | Q(due__lte=until)).select_related("account", "contact", "opportunity")
    return list(rows.order_by(F("due").asc(nulls_last=True), F("due_time").asc(nulls_first=True))[:100])


def promises(viewer: Scope, person: UUID | None = None, *, until: date = NEVER, since: date = date.min) -> list[Promise]:
    """Open promises due by `until`, from `since` on; of one person if named."""
    rows = Promise.objects.seen_by(viewer).filter(kept=None, withdrawn=None, due__gte=since, due__lte=until)
    rows = rows.filter(person=person) if person else rows
    return list(rows.select_related("account", "opportunity", "person").order_by("due")[:100])


def of_account(viewer: Scope, account: UUID) -> tuple[list[Activity], list[Promise]]:
    """Activities (newest first) and open promises in sight on an account."""
    done = Activity.objects.seen_by(viewer).filter(account=account).select_related("person", "contact", "opportunity")
    open_promises = Promise.objects.seen_by(viewer).filter(account=account, kept=None, withdrawn=None)
    return list(done.order_by("-created")[:100]), list(open_promises.order_by("due"))


def of_opportunity(viewer: Scope, which: UUID) -> tuple[list[Activity], list[Promise]]:
    """Activities (newest first) and open promises in sight on an opportunity."""
    done = Activity.objects.seen_by(viewer).filter(opportunity=which).select_related("person", "contact", "account")
    open_promises = Promise.objects.seen_by(viewer).filter(opportunity=which, kept=None, withdrawn=None)
    return list(done.order_by("-created")[:100]), list(open_promises.order_by("due"))


def texts(viewer: Scope, activities: Sequence[UUID]) -> dict[UUID, str]:
    """The words of activities in sight: what timelines show beside the event."""
    return dict(Activity.objects.seen_by(viewer).filter(pk__in=activities).values_list("pk", "text"))


def leads(viewer: Scope, person: UUID | None = None) -> QuerySet[Lead]:
    """Open leads in sight, newest first."""
    rows = Lead.objects.seen_by(viewer).filter(closed=None)
    return (rows.filter(person=person) if person else rows).select_related("person").order_by("-id")


def lead(viewer: Scope, which: UUID) -> Lead:
    """A lead in sight; raises `NotSeen`."""
    found = Lead.objects.seen_by(viewer).filter(pk=which).first()
    if found is None:
        raise NotSeen
    return found


def closing(viewer: Scope, person: UUID, *, since: date, until: date) -> list[Opportunity]:
    """Open opportunities of a person whose stated close lies in the period, or lapsed in it."""
    rows = Opportunity.objects.seen_by(viewer).filter(
        _OPEN, person=person, stale_on_arrival=False, expected__gte=since, expected__lte=until
    )
    return list(rows.select_related("account", "step").order_by("expected")[:50])


def read_line(viewer: Scope, text: str, *, today: date, language: str, currency: str) -> Understood:
    """How a typed line is understood, with the names that the person may see: nothing else is recognised."""
    words = candidates(text)
    people = contacts_named_like(viewer, words)
    mine = Opportunity.objects.seen_by(viewer).filter(_OPEN, person=viewer.person).select_related("account")
    deals = list(having_any(mine, words, viewer)[:60])
    # Whoever names a person or a deal only means its company too, so that company must be among those known.
    companies = [*named_like(viewer, words), *(one.account for one in people)]
    companies += [one.account for one in deals if one.account]
    return understand(
        text,
        today=today,
        language=language,
        currency=currency,
        accounts=[Named(one.pk, one.name) for one in {company.pk: company for company in companies}.values()],
        contacts=[Named(one.pk, one.name, one.account_id) for one in people],
        opportunities=[Named(one.pk, one.title, one.account_id) for one in deals],
    )
