"""Questions about companies and their holders."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import QuerySet

from bailiwick.kit import NotSeen, Scope
from bailiwick.tenancy.paging import SIZE, Slice, page
from bailiwick.tenancy.words import having, having_any
from bailiwick.territories.models import Account, Contact, Holding, Territory


def account(viewer: Scope, which: UUID) -> Account:
    """A card in sight; raises `NotSeen`."""
    found = Account.objects.seen_by(viewer).filter(pk=which).select_related("territory").first()
    if found is None:
        raise NotSeen
    return found


def accounts(viewer: Scope, *, text: str = "", held_by: UUID | None = None) -> QuerySet[Account]:
    """Cards in sight whose words begin like those of `text`; of one holder if named."""
    rows = Account.objects.seen_by(viewer).filter(archived=None).select_related("territory")
    if held_by is not None:
        held = Holding.objects.seen_by(viewer).filter(person_id=held_by, until=None)
        rows = rows.filter(pk__in=held.values("account"))
    return having(rows, text, viewer)


def account_page(
    viewer: Scope, *, text: str = "", held_by: UUID | None = None, cursor: str = "", size: int = SIZE
) -> Slice[Account]:
    """One page of `accounts`, by name."""
    return page(accounts(viewer, text=text, held_by=held_by), key="name", cursor=cursor, size=size)


def named_like(viewer: Scope, words: Sequence[str], most: int = 60) -> list[Account]:
    """Cards in sight of which some word begins like one of `words`: what a typed line may mean."""
    return list(having_any(Account.objects.seen_by(viewer).filter(archived=None), words, viewer)[:most])


def contacts_named_like(viewer: Scope, words: Sequence[str], most: int = 60) -> list[Contact]:
    """Contacts in sight of whose name some word begins like one of `words`, with their accounts."""
    rows = Contact.objects.seen_by(viewer).filter(archived=None).select_related("account")
    return list(having_any(rows, words, viewer)[:most])


def contacts(viewer: Scope, of: UUID) -> list[Contact]:
    """The contacts on a card, by name."""
    return list(Contact.objects.seen_by(viewer).filter(account=of, archived=None).order_by("name"))


def holders(viewer: Scope, of: Iterable[UUID]) -> list[Holding]:
    """The open holdings in sight of the given accounts."""
    rows = Holding.objects.seen_by(viewer).filter(account__in=list(of), until=None)
    return list(rows.select_related("line", "account").order_by("account__name", "line__name"))


def team_holdings(viewer: Scope, *, text: str = "", most: int = 50) -> list[Holding]:
    """Who in the own team calls on which company: names and holders, nothing else."""
    rows = Holding.objects.in_network(viewer).filter(unit_id__in=viewer.team, until=None, account__archived=None)
    rows = having(rows, text, viewer, of=Account, key="account")
    # Of these companies the viewer knows the names and nothing else, so that nothing else may find them.
    for part in text.split():
        rows = rows.filter(account__name__icontains=part)
    return list(rows.select_related("line", "account").order_by("account__name")[:most])


def territories(viewer: Scope) -> QuerySet[Territory]:
    """All territories: lines that everyone knows."""
    return Territory.objects.seen_by(viewer).order_by("name")
