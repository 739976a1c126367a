"""The one search box: companies, contacts, opportunities, leads and people in sight that have the words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from bailiwick.kit import Role, Scope, Sentence, say
from bailiwick.kit.scope import DEALING, READING, SELLING
from bailiwick.lists import Thing
from bailiwick.network.models import Person
from bailiwick.pipeline.models import Lead, Opportunity
from bailiwick.tenancy.models import TenantModel
from bailiwick.tenancy.words import closeness, found, words_in
from bailiwick.territories.models import Account, Contact

MOST = 20
NEAREST = 200  # so many are put in order of closeness


@dataclass(frozen=True, slots=True)
class Kind:
    """Something that is found: how its rows are fetched, what each is called and whose it is, and the list with all of them."""

    name: str
    label: Sentence
    model: type[TenantModel]
    thing: Callable[[Any], Thing]
    beside: Sequence[str] = ()
    about: Callable[[Any], Iterable[UUID]] = lambda row: ()
    roles: frozenset[Role] = READING
    list: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A row that was found: its own id, the page that shows it, and whose it is."""

    id: UUID
    thing: Thing
    about: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind, the closest first; `more`: there is more than is shown."""

    kind: Kind
    found: Sequence[Found]
    more: bool


@dataclass(frozen=True, slots=True)
class Search:
    """What was found. `slipped`: nothing has the words as typed, these have them but for one letter. `about`: whose rows."""

    groups: Sequence[Group]
    slipped: bool
    about: frozenset[UUID]


def _deal(row: Opportunity) -> Thing:
    return Thing(row.title, "opportunity", row.pk, row.account.name if row.account else "")


def _person(row: Person) -> Thing:
    return Thing(row.name, "person", row.pk, row.purpose if row.program else row.organization.name)


KINDS = (
    Kind("accounts", say("Companies"), Account, lambda row: Thing(row.name, "account", row.pk, row.city), list="accounts"),
    Kind(
        "contacts", say("Contacts"), Contact, lambda row: Thing(row.name, "account", row.account_id, row.account.name),
        beside=("account",), list="contacts",
    ),
    Kind(
        "opportunities", say("Opportunities"), Opportunity, _deal,
        beside=("account",), about=lambda row: (row.person_id,), list="pipeline",
    ),
    Kind(
        "leads", say("Leads"), Lead, lambda row: Thing(row.name, "leads", row.pk, row.company),
        about=lambda row: (row.person_id,), roles=SELLING,
    ),
    Kind(
        "people", say("People"), Person, _person,
        beside=("organization",), about=lambda row: (row.pk,), roles=DEALING, list="everybody",
    ),
)  # fmt: skip


def search(viewer: Scope, text: str, *, most: int = MOST) -> Search:
    """Up to `most` of each kind that the viewer's roles open; where nothing has the words as typed, those one slip away."""
    words = words_in(text)
    kinds = [kind for kind in KINDS if viewer.roles & kind.roles]
    for slips in (False, True) if words else ():
        groups = [group for kind in kinds if (group := _group(kind, viewer, words, most, slips)).found]
        if groups:
            return Search(groups, slips, frozenset[UUID]().union(*(one.about for group in groups for one in group.found)))
    return Search((), False, frozenset())


def _group(kind: Kind, viewer: Scope, words: Sequence[str], most: int, slips: bool) -> Group:
    led = found(kind.model, words, viewer, most=NEAREST, slips=slips)
    rows: QuerySet[Any] = kind.model.objects.seen_by(viewer).filter(pk__in=led).select_related(*kind.beside)
    things = {row: kind.thing(row) for row in rows} if led else {}
    nearest = sorted(things, key=lambda row: (*closeness(words[0], led[row.pk], things[row].name), str(row.pk)))
    shown = [Found(row.pk, things[row], frozenset(kind.about(row))) for row in nearest[:most]]
    return Group(kind, shown, len(nearest) > most)
