"""Answers to the questions of the setup: what an import could not know is said by the director."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from bailiwick.exchange import events, evidence
from bailiwick.exchange.aims import aims
from bailiwick.exchange.models import SetupAnswer
from bailiwick.exchange.rules.proposals.currency import CURRENCIES
from bailiwick.exchange.rules.proposals.floors import floor
from bailiwick.kit import Actor, Invalid, NotAllowed, NotSeen, Problem, Refused, Role, day_of, say
from bailiwick.ledger.commands import record
from bailiwick.network.commands import add_members, appoint, invite, rename_unit
from bailiwick.network.commands import state_currency as network_counts_in
from bailiwick.network.commands.people import NewMember
from bailiwick.network.models import Access, Membership, Unit
from bailiwick.offer.commands import NewPrice, issue_price_list
from bailiwick.offer.commands import state_currency as lists_are_in
from bailiwick.offer.models import Price, PriceList
from bailiwick.performance.commands import NewTarget, set_targets
from bailiwick.performance.commands import state_currency as targets_are_in
from bailiwick.performance.queries import today_of
from bailiwick.pipeline.commands.currency import state_currency as deals_are_in
from bailiwick.tenancy.models import Network
from bailiwick.territories.commands import settle_contested


class Question(StrEnum):
    """What is asked after an import, in this order."""

    CURRENCY = "currency"
    UNITS = "units"
    DIRECTOR = "director"
    FLOORS = "floors"
    CONTESTED = "contested"
    TARGETS = "targets"


def state_currency(currency: str, *, by: Actor, now: datetime) -> int:
    """Deals, price lists, targets and the network without a currency are in `currency`; what states one stays.

    Returns the number of deals. By the director; one statement each, one event. Refuses what is no currency, and where nothing
    is without one. A wrong answer is put right by undoing the import and taking it in again with its currency named.
    """
    _may_set_up(by)
    if currency not in CURRENCIES:
        raise Invalid([Problem("currency", say("Choose one of the values offered."))])
    deals, lists = deals_are_in(currency, by=by), lists_are_in(currency, by=by)
    targets_are_in(currency, by=by)
    network_counts_in(currency, by=by)
    if not deals and not lists:
        raise _settled_already()
    stated = events.CurrencyStated(
        subject=by.network, happened=now, day=_today(by, now), person=by.person, currency=currency, deals=deals, lists=lists
    )
    record(stated, by=by, now=now)
    return deals


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the director says of one unit: its name, the version that was looked at, and a manager where nobody was one."""

    name: str
    version: int
    manager: UUID | None = None


def agree_on_units(units: Mapping[UUID, Agreed], *, by: Actor, now: datetime) -> None:
    """The units are called as said, have the managers that were chosen, and are no longer asked about.

    By the director; an event for each new name and each appointment. Refuses a name of another version than was looked at,
    and to appoint where somebody manages by now.
    """
    _may_set_up(by)
    stored = Unit.objects.in_network(by).filter(pk__in=units).in_bulk()
    for which, said in units.items():
        if which not in stored:
            raise NotSeen
        if stored[which].name != said.name:
            rename_unit(which, name=said.name, version=said.version, by=by, now=now)
        if said.manager is not None:
            _appoint_first(which, said.manager, by, now)
    _set_aside(Question.UNITS, SetupAnswer.State.AGREED, by, now)


def _appoint_first(unit: UUID, person: UUID, by: Actor, now: datetime) -> None:
    row = Unit.objects.in_network(by).select_for_update().get(pk=unit)
    if Membership.objects.in_network(by).filter(unit=row, role=Role.MANAGER, until=None).exists():
        raise Refused("unit_has_manager", say("Somebody manages %(unit)s by now.", unit=row.name), say("Look at the page again."))
    appoint(unit=unit, person=person, by=by, now=now)


def choose_director(person: UUID, *, by: Actor, now: datetime) -> str:
    """`person` is a director of the network; the token of a link that lets them in, told this once. Empty: they have a login.

    By a director, who stays one. Refuses whoever is one already; the role is ended like any other, on the person's page.
    """
    _may_set_up(by)
    root = Unit.objects.in_network(by).get(parent=None)
    add_members([NewMember(person=person, unit=root.pk, role=Role.DIRECTOR)], by=by, now=now)
    if Access.objects.filter(network=by.network, person=person).exists():
        return ""
    return invite(unit=root.pk, role=Role.DIRECTOR, person=person, by=by, now=now)


def issue_floors(seal: str, *, by: Actor, now: datetime) -> date:
    """From tomorrow, the day returned, every product has a floor: what nine of ten deals kept of the list price, to the cent.

    By the director. A new edition of each list; floors that are there stay, as do prices and costs. One event each. `seal`: the
    proposal looked at; refuses where the deals tell another one by now.
    """
    _may_set_up(by)
    # Two who answer at once would both issue the next edition: the second waits here and finds the first one's floors.
    list(PriceList.objects.in_network(by).filter(until=None).select_for_update().order_by("pk").values_list("pk"))
    found = evidence.without_floors(by.scope)
    if found is None:
        raise _settled_already()
    if found.seal != seal:
        raise _changed_meanwhile()
    share, since = found.share, _today(by, now) + timedelta(days=1)
    for before in found.lists:
        issued = _with_floors(before, share, since, by)
        told = events.FloorsIssued(
            subject=issued.pk, happened=now, day=_today(by, now), person=by.person, percent=share * 100, since=since
        )
        record(told, by=by, now=now)
    return since


def _with_floors(before: PriceList, share: Decimal, since: date, by: Actor) -> PriceList:
    rows = Price.objects.in_network(by).filter(price_list=before).select_related("product")
    prices = [
        NewPrice(
            product=row.product,
            list_price=row.list_price,
            floor=floor(row.list_price, share) if row.floor is None else row.floor,
            cost=row.cost,
        )
        for row in rows.order_by("product__name")
    ]
    return issue_price_list(name=before.name, currency=before.currency, since=since, prices=prices, by=by)


def settle_callers(seal: str, *, by: Actor, now: datetime) -> int:
    """Each contested company is called on by whom the rows propose; the number of companies. `seal`: the proposal looked at.

    By the director; one event each. Refuses where the rows propose something else by now, and where nothing is contested.
    """
    _may_set_up(by)
    found = evidence.contested(by)
    if found is None or not found.choices:
        raise _settled_already()
    if found.seal != seal:
        raise _changed_meanwhile()
    choices = {account: found.sides[person] for account, person in found.choices.items()}
    return settle_contested(choices, by=by, now=now)


def set_proposed_targets(seal: str, *, by: Actor, now: datetime) -> int:
    """Each unit has the target that its past proposes; the number of targets. `seal`: the proposal looked at.

    By the director; one event each. Refuses where targets are set by now, or the deals propose others.
    """
    _may_set_up(by)
    found = aims(by.scope, today_of(Network.objects.get(pk=by.network), _today(by, now)))
    if found is None:
        raise _settled_already()
    if found.seal != seal:
        raise _changed_meanwhile()
    new = [
        NewTarget(measure="won_value", unit=one.unit, period=found.period, amount=one.amount, currency=found.currency)
        for one in found.each
    ]
    return len(set_targets(new, by=by, now=now))


def put_off(question: Question, *, by: Actor, now: datetime) -> None:
    """The question is not asked until somebody asks for it. By the director."""
    _may_set_up(by)
    _set_aside(question, SetupAnswer.State.LATER, by, now)


def ask_again(question: Question, *, by: Actor) -> None:
    """The question is asked again as long as it is open. By the director."""
    _may_set_up(by)
    SetupAnswer.objects.in_network(by).filter(question=question).delete()


def _set_aside(question: Question, state: str, by: Actor, now: datetime) -> None:
    SetupAnswer.objects.in_network(by).update_or_create(
        network_id=by.network, question=question, defaults={"state": state, "since": now}
    )


def _may_set_up(by: Actor) -> None:
    if not (by.system or Role.DIRECTOR in by.scope.roles):
        raise NotAllowed(say("The director sets up what an import could not know."), say("Ask the director."))


def _today(by: Actor, now: datetime) -> date:
    return day_of(now, Network.objects.get(pk=by.network).zone)


def _settled_already() -> Refused:
    return Refused("settled_already", say("This is settled already."), say("Look at the page again."))


def _changed_meanwhile() -> Refused:
    return Refused("changed_meanwhile", say("The rows say something else by now."), say("Look at the new proposal."))
