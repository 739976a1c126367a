"""Questions about what came in for somebody: what is proposed, whom it concerns in their sight, and what it could concern."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Lower

from bailiwick.kit import NotSeen, Scope
from bailiwick.pipeline.models import Arrival, Opportunity
from bailiwick.pipeline.rules.arrivals import Address
from bailiwick.tenancy.words import having
from bailiwick.territories.models import Account, AccountKey, Contact
from bailiwick.territories.models.accounts import editable_ties
from bailiwick.territories.rules import domain_of

MOST_SHOWN, MOST_CHOICES = 100, 60


@dataclass(frozen=True, slots=True)
class Arrived:
    """An arrival with the rows that it names, as far as its person may still work on them."""

    row: Arrival
    account: Account | None
    contact: Contact | None
    opportunity: Opportunity | None


@dataclass(frozen=True, slots=True)
class Concerns:
    """Whom a message concerns among those in sight; `known`: the addresses by which somebody was recognised."""

    account: UUID | None = None
    contact: UUID | None = None
    opportunity: UUID | None = None


def workable(viewer: Scope) -> QuerySet[Account]:
    """Companies in sight on whose card the viewer may work."""
    ties = editable_ties(viewer).values("account")
    return Account.objects.seen_by(viewer).filter(archived=None, pk__in=ties)


def own_open_deals(viewer: Scope) -> QuerySet[Opportunity]:
    """The viewer's own open deals."""
    return Opportunity.objects.seen_by(viewer).filter(person=viewer.person, outcome=Opportunity.Outcome.OPEN)


def arrivals(viewer: Scope, most: int = MOST_SHOWN) -> list[Arrived]:
    """What waits for the viewer, the latest first."""
    return _with_rows(viewer, Arrival.objects.seen_by(viewer).order_by("-arrived", "-id")[:most])


def how_many(viewer: Scope) -> int:
    """How much waits for the viewer: a tally."""
    return Arrival.objects.seen_by(viewer).count()


def arrival(viewer: Scope, which: UUID) -> Arrived:
    """One of them; raises `NotSeen`."""
    found = _with_rows(viewer, Arrival.objects.seen_by(viewer).filter(pk=which))
    if not found:
        raise NotSeen
    return found[0]


def _with_rows(viewer: Scope, rows: Iterable[Arrival]) -> list[Arrived]:
    found = list(rows)
    accounts = workable(viewer).in_bulk([row.account for row in found if row.account])
    contacts = Contact.objects.seen_by(viewer).filter(archived=None).in_bulk([row.contact for row in found if row.contact])
    deals = own_open_deals(viewer).in_bulk([row.opportunity for row in found if row.opportunity])
    return [_arrived(row, accounts, contacts, deals) for row in found]


def _arrived(
    row: Arrival, accounts: dict[UUID, Account], contacts: dict[UUID, Contact], deals: dict[UUID, Opportunity]
) -> Arrived:
    account = accounts.get(row.account) if row.account else None
    contact = contacts.get(row.contact) if row.contact and account else None
    deal = deals.get(row.opportunity) if row.opportunity and account else None
    there = account.pk if account else None
    return Arrived(
        row,
        account,
        contact if contact and contact.account_id == there else None,
        deal if deal and deal.account_id == there else None,
    )


def known(viewer: Scope, emails: Collection[str]) -> dict[str, Concerns]:
    """The addresses that are those of a contact, or of a company by its domain, on which the viewer may work; no others.

    Nothing out of sight is asked. A domain that two companies in sight have names neither.
    """
    found: dict[str, Concerns] = {}
    companies = workable(viewer)
    domains = {email: domain_of(email) for email in emails if domain_of(email)}
    keys = AccountKey.objects.seen_by(viewer).filter(kind="domain", value__in=set(domains.values()), account__in=companies)
    by_domain: dict[str, set[UUID]] = {}
    for value, account in keys.values_list("value", "account"):
        by_domain.setdefault(value, set()).add(account)
    for email, domain in domains.items():
        if len(by_domain.get(domain, ())) == 1:
            found[email] = Concerns(account=next(iter(by_domain[domain])))
    contacts = Contact.objects.seen_by(viewer).filter(archived=None, erased=None, account__in=companies).exclude(email="")
    named = contacts.annotate(folded=Lower("email")).filter(folded__in=list(emails)).order_by("created", "pk")
    for email, account, contact in named.values_list("folded", "account", "pk"):
        if email not in found or found[email].contact is None:
            found[email] = Concerns(account=account, contact=contact)
    return found


def concerning(viewer: Scope, people: Sequence[Address], subject: str, among: dict[str, Concerns]) -> Concerns:
    """Whom a message of these people concerns: the first contact, else the first company; and which own deal there."""
    there = [among[one.email] for one in people if one.email in among]
    chosen = next((one for one in there if one.contact), there[0] if there else None)
    if chosen is None:
        return Concerns()
    return Concerns(chosen.account, chosen.contact, _deal(viewer, chosen.account, subject))


def _deal(viewer: Scope, account: UUID | None, subject: str) -> UUID | None:
    """The own open deal with the company: the only one, or the only one whose title the subject names."""
    deals = list(own_open_deals(viewer).filter(account=account).values_list("pk", "title")[:20])
    if len(deals) > 1:
        said = subject.casefold()
        deals = [(pk, title) for pk, title in deals if title.casefold() in said]
    return deals[0][0] if len(deals) == 1 else None


def choices(viewer: Scope, text: str, of: Arrived) -> tuple[list[Account], list[Opportunity]]:
    """Companies and own open deals among which an arrival's are chosen: its own, those searched for, those of own deals."""
    deals = list(own_open_deals(viewer).select_related("account").order_by("-id")[:MOST_CHOICES])
    if text.strip():
        rows = list(having(workable(viewer), text, viewer).order_by("name")[:MOST_CHOICES])
    else:
        rows = list(workable(viewer).filter(pk__in=[deal.account_id for deal in deals if deal.account_id]).order_by("name"))
    if of.account and of.account.pk not in {row.pk for row in rows}:
        rows = [of.account, *rows]
    ids = [row.pk for row in rows]
    return rows, list(own_open_deals(viewer).filter(account__in=ids).select_related("account").order_by("title")[:MOST_CHOICES])
