"""An import is undone as a whole; rows that people worked on since are kept and listed."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from bailiwick.exchange import events
from bailiwick.exchange.commands.intake import changes
from bailiwick.exchange.commands.taking import may_import
from bailiwick.exchange.models import Import, Taken
from bailiwick.kit import Actor, Door, NotSeen, Refused, day_of, say
from bailiwick.ledger.commands import record
from bailiwick.ledger.models import Entry
from bailiwick.network.models import Membership, Person, Unit
from bailiwick.offer.models import Price, PriceList, Product, SalesLine
from bailiwick.pipeline.models import Activity, Lead, Line, Opportunity, Process, Stage, Step
from bailiwick.tenancy.removing import Part, remove
from bailiwick.territories.models import Account, AccountKey, Contact, Holding, Tie

# Each kind before those it refers to, with what is part of its rows.
REMOVED: tuple[tuple[str, Any, tuple[Part, ...]], ...] = (
    ("activity", Activity, ()),
    ("opportunity", Opportunity, ((Stage, "opportunity"), (Line, "opportunity"))),
    ("lead", Lead, ()),
    ("contact", Contact, ()),
    ("account", Account, ((AccountKey, "account"), (Holding, "account"), (Tie, "account"))),
    ("price_list", PriceList, ((Price, "price_list"),)),
    ("product", Product, ()),
    ("sales_line", SalesLine, ()),
    ("process", Process, ((Step, "process"),)),
    ("person", Person, ((Membership, "person"),)),
    ("unit", Unit, ((Membership, "unit"),)),
)


def undo(which: UUID, *, by: Actor, now: datetime) -> dict[str, Any]:
    """What the import made is gone and what it changed reads as before, but for rows that people worked on since.

    By the director. Imports are undone from the newest back: one of which a later import changed rows is refused. Its
    events stay, one more says that it was undone; the report lists what was kept.
    """
    may_import(by)
    of = Import.objects.in_network(by).select_for_update().filter(pk=which).first()
    if of is None:
        raise NotSeen
    if of.state != Import.State.TAKEN or of.taken is None:
        raise Refused("not_taken", say("Only an import that was taken in can be undone."))
    notes = list(Taken.objects.in_network(by).filter(of=of))
    _refuse_if_built_upon(of, notes, by)
    touched = _touched(of, notes, by)
    _put_back([note for note in notes if note.before is not None and note.row not in touched], by, now)
    made: dict[str, set[UUID]] = defaultdict(set)
    for note in notes:
        if note.made:
            made[note.kind].add(note.row)
    gone: set[UUID] = set()
    for kind, model, parts in REMOVED:
        gone |= remove(model, made[kind] - touched, parts=parts, by=by)
    counted = [note for note in notes if note.made and note.kind in changes.COUNTED]
    kept = [note for note in counted if note.row not in gone]
    Taken.objects.in_network(by).filter(of=of).exclude(pk__in=[note.pk for note in kept]).delete()
    return _finish(of, kept=kept, removed=len(counted) - len(kept), by=by, now=now)


def _refuse_if_built_upon(of: Import, notes: list[Taken], by: Actor) -> None:
    later = Import.objects.in_network(by).filter(state=Import.State.TAKEN, created__gt=of.created)
    rows = [note.row for note in notes]
    newest = later.filter(taken_rows__row__in=rows).order_by("-created").first()
    if newest is not None:
        raise Refused(
            "built_upon",
            say("A later import (%(source)s) goes on with rows of this one.", source=newest.source),
            say("Undo the later one first."),
        )


def _touched(of: Import, notes: list[Taken], by: Actor) -> set[UUID]:
    """Rows with a later version, and those about which something happened since."""
    since = Entry.objects.in_network(by).filter(recorded__gt=of.taken).exclude(door=Door.IMPORT).values_list("about", flat=True)
    happened = {subject for about in since for subject in about}
    told = {note.row: note.version for note in notes}
    later: set[UUID] = set()
    for kind, rows in _by_kind(notes).items():
        model = next(model for name, model, _ in REMOVED if name == kind)
        if kind in changes.COUNTED:
            stored = model.objects.in_network(by).filter(pk__in=rows).values_list("pk", "version")
            later |= {pk for pk, version in stored if version != told[pk]}
    return later | (happened & told.keys())


def _by_kind(notes: list[Taken]) -> Mapping[str, list[UUID]]:
    rows: dict[str, list[UUID]] = defaultdict(list)
    for note in notes:
        if note.version:
            rows[note.kind].append(note.row)
    return rows


def _put_back(notes: list[Taken], by: Actor, now: datetime) -> None:
    for kind in {note.kind for note in notes}:
        before = {note.row: note.before or {} for note in notes if note.kind == kind}
        rows = changes.rows_of(kind, list(before), by)
        if kind == "opportunity":
            changes.rewrite_deals(rows, {pk: changes.deal_of(one) for pk, one in before.items()}, by=by, now=now)
        else:
            changes.rewrite_cards(kind, rows, before, by=by, now=now)
        earlier = Taken.objects.in_network(by).filter(row__in=before, kind=kind)
        for pk, row in rows.items():
            earlier.filter(row=pk).update(version=row.version)


def _finish(of: Import, *, kept: list[Taken], removed: int, by: Actor, now: datetime) -> dict[str, Any]:
    of.state, of.undone = Import.State.UNDONE, now
    of.report = of.report | {"removed": removed, "kept_rows": [{"kind": note.kind, "row": str(note.row)} for note in kept]}
    of.save(update_fields=["state", "undone", "report"])
    told = events.ImportUndone(
        subject=of.pk, happened=now, day=day_of(now, "UTC"), person=by.person, removed=removed, kept=len(kept)
    )
    record(told, by=by, now=now)
    return dict(of.report)
