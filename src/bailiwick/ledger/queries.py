"""Reading the ledger: the history of a thing, who looked at one's rows, kept answers, and whether seals still hold."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Max, Min, Q, QuerySet

from bailiwick.kit import Actor, Scope
from bailiwick.kit.event import KINDS, read_facts
from bailiwick.kit.sentence import Sentence
from bailiwick.ledger.commands import digest_of, sealed_range
from bailiwick.ledger.models import AccessRecord, Entry, Kept, Seal
from bailiwick.tenancy.walls import InNetwork

HIDDEN_WITHOUT_COST = frozenset({"margin"})
HIDDEN_WITHOUT_MONEY = frozenset({"value", "currency", "discount", "wanted_discount"})


@dataclass(frozen=True, slots=True)
class Happening:
    """An entry as read: its sentence template with typed facts; ids are still ids."""

    id: UUID
    kind: str
    happened: datetime
    recorded: datetime
    subject: UUID
    by: UUID
    door: str
    facts: dict[str, object]

    @property
    def sentence(self) -> Sentence:
        """The template of the event's kind; an unknown kind says its own name."""
        record = KINDS.get(self.kind)
        return record.SENTENCE if record else Sentence(self.kind)


def history(viewer: Scope, subject: UUID, *, whole: bool = False, most: int = 100) -> list[Happening]:
    """What happened to `subject` or concerns it, newest first, as far as the viewer sees it.

    `whole` is for a subject that the viewer is known to see and that has one owner at a time (a deal): whoever takes it
    over sees what happened under the one before.
    """
    rows = Entry.objects.in_network(viewer) if whole else Entry.objects.seen_by(viewer)
    entries = rows.filter(about__contains=[subject]).order_by("-happened", "-seq")[:most]
    return [_read(entry, viewer) for entry in entries]


def acts_of(viewer: Scope, person: UUID, *, most: int = 500) -> list[Happening]:
    """What `person` did or what concerns that person, newest first."""
    entries = Entry.objects.seen_by(viewer).filter(person_id=person).order_by("-recorded", "-seq")[:most]
    return [_read(entry, viewer) for entry in entries]


def _read(entry: Entry, viewer: Scope) -> Happening:
    facts = read_facts(entry.kind, entry.facts)
    if not viewer.sees_money:
        facts = {name: None if name in HIDDEN_WITHOUT_MONEY else fact for name, fact in facts.items()}
    return Happening(
        entry.id,
        entry.kind,
        entry.happened,
        entry.recorded,
        entry.subject,
        entry.by,
        entry.door,
        facts if viewer.sees_cost else {name: fact for name, fact in facts.items() if name not in HIDDEN_WITHOUT_COST},
    )


def looks_at(viewer: Scope, person: UUID, *, most: int = 200) -> Sequence[AccessRecord]:
    """Who looked at rows of `person`: for that person only, and for the one who looked."""
    return list(AccessRecord.objects.seen_by(viewer).filter(person=person).order_by("-day", "-last")[:most])


def kept_answer(by: Actor, key: str) -> Kept | None:
    """The answer that the act with `key` got before."""
    return Kept.objects.in_network(by).filter(person=by.person, key=key).first()


@dataclass(frozen=True, slots=True)
class Broken:
    """A seal that no longer fits its entries."""

    number: int
    expected_entries: int
    found_entries: int


def broken_seals(by: InNetwork, *, newest: bool = False) -> list[Broken]:
    """Every seal whose entries were edited, deleted, added or swapped since; with `newest` that one only."""
    rows = Seal.objects.in_network(by).order_by("number")
    broken, before, looked_at = [], "", list(rows)
    if newest:
        before = looked_at[-2].digest if len(looked_at) > 1 else ""
        looked_at = looked_at[-1:]
    for seal in looked_at:
        entries = sealed_range(by, seal.after, seal.upto)
        found = entries.count()
        # One by one: a whole import may stand in one seal.
        if found != seal.entries or digest_of(entries.iterator(), before) != seal.digest:
            broken.append(Broken(seal.number, seal.entries, found))
        before = seal.digest
    return broken


def last_moment(by: InNetwork) -> int:
    """The highest moment that an entry or a seal of the network names; 0 where there is none."""
    entries = Entry.objects.in_network(by).aggregate(last=Max("moment"))["last"]
    seals = Seal.objects.in_network(by).aggregate(last=Max("upto"))["last"]
    return max(entries or 0, seals or 0)


@dataclass(frozen=True, slots=True)
class Sealing:
    """How many seals there are, when the newest was made, and when the oldest entry was recorded that none covers yet."""

    count: int
    newest: datetime | None
    unsealed: datetime | None

    @property
    def waits_since(self) -> datetime | None:
        """Since when entries wait for a seal: those built or taken in may have been recorded long before the last one."""
        return max(self.unsealed, self.newest or self.unsealed) if self.unsealed else None


def sealing(by: InNetwork) -> Sealing:
    """How far the ledger of the network is sealed."""
    seals = Seal.objects.in_network(by)
    last = seals.order_by("-number").first()
    rest = Entry.objects.in_network(by).filter(moment__gt=last.upto if last else -1)
    return Sealing(seals.count(), last.made if last else None, rest.aggregate(oldest=Min("recorded"))["oldest"])


Place = tuple[int, int]
BEGINNING: Place = (-1, -1)


def frontier(by: InNetwork) -> Place:
    """The place (moment, seq) of the network's last entry below which nothing can slip in later: all there is finished.

    It is that of an entry and never one beyond: after a restore new entries stand above all restored ones and no further.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_horizon()")
        horizon = cursor.fetchone()[0]
    finished = Entry.objects.in_network(by).filter(moment__lt=horizon).order_by("-moment", "-seq")
    return finished.values_list("moment", "seq").first() or BEGINNING


def entries_between(viewer: Scope, kinds: Collection[str], after: Place, upto: Place) -> QuerySet[Entry]:
    """Entries of these kinds in sight beyond the place `after`, in the ledger's order."""
    beyond = Q(moment__gt=after[0]) | Q(moment=after[0], seq__gt=after[1])
    rows = Entry.objects.seen_by(viewer).filter(beyond, kind__in=kinds, moment__gte=after[0], moment__lte=upto[0])
    return rows.order_by("moment", "seq")


def entries_since(viewer: Scope, kinds: Collection[str], since: datetime) -> QuerySet[Entry]:
    """Entries of these kinds in sight that were recorded from `since` on, of finished transactions, in the ledger's order."""
    return entries_between(viewer, kinds, BEGINNING, frontier(viewer)).filter(recorded__gte=since)


def entries_named(viewer: Scope, ids: Collection[UUID]) -> dict[UUID, tuple[Happening, UUID | None]]:
    """Those of these entries that the viewer sees, each with the person on whose row it stands."""
    return {entry.pk: (_read(entry, viewer), entry.person_id) for entry in Entry.objects.seen_by(viewer).filter(pk__in=ids)}
