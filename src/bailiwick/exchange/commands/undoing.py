"""An import is undone as a whole; rows that people worked on since are kept and listed."""

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from bailiwick.exchange import events
from bailiwick.exchange.commands.intake import changes
from bailiwick.exchange.commands.sparing import Spared, forget_ties, hold_still, on_timelines, touched_since
from bailiwick.exchange.commands.taking import may_import, one_at_a_time
from bailiwick.exchange.models import Import, Taken
from bailiwick.kit import Actor, Door, NotSeen, Refused, day_of, say
from bailiwick.ledger.commands import record
from bailiwick.network.models import Membership, Person, Unit
from bailiwick.offer.models import Price, PriceList, Product, SalesLine
from bailiwick.pipeline.models import Activity, Lead, Line, Opportunity, Process, Stage, Step
from bailiwick.tenancy.changing import change_many
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.removing import Part, remove
from bailiwick.territories.models import Account, AccountKey, Contact, Holding, Tie

# Each kind before those it refers to, with what is part of its rows.
REMOVED: tuple[tuple[str, Any, tuple[Part, ...]], ...] = (
    ("activity", Activity, ()),
    ("opportunity", Opportunity, ((Stage, "opportunity"), (Line, "opportunity"))),
    ("lead", Lead, ()),
    ("contact", Contact, ()),
    ("tie", Tie, ()),
    ("holding", Holding, ()),
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
    one_at_a_time(by)
    notes = list(Taken.objects.in_network(by).filter(of=of))
    _refuse_if_built_upon(of, notes, by)
    hold_still(notes, by)  # what somebody says from now on waits for the end, and finds its row gone or as it was
    touched = touched_since(of, notes, by)
    importing = Actor(by.scope, Door.IMPORT, system=True)  # what it puts back is no work of a person
    _put_back([note for note in notes if note.before is not None and note.row not in touched], importing, now)
    gone = _remove(of, notes, touched, by)
    counted = [note for note in notes if note.made and note.kind in changes.COUNTED]
    kept = [note for note in counted if note.row not in gone]
    Taken.objects.in_network(by).filter(of=of).exclude(pk__in=[note.pk for note in kept]).delete()
    _today_of_the_others(of, by)
    return _finish(of, kept=kept, removed=len(counted) - len(kept), by=by, now=now)


def _refuse_if_built_upon(of: Import, notes: list[Taken], by: Actor) -> None:
    """Later is what was taken in later, whenever it was given."""
    after = Q(taken__gt=of.taken) | Q(taken=of.taken, pk__gt=of.pk)
    later = Import.objects.in_network(by).filter(after, state=Import.State.TAKEN)
    rows = {note.row for note in notes}
    users = Taken.objects.in_network(by).filter(of__in=later).values_list("row", "of").iterator()
    built = {which for row, which in users if row in rows}
    if built:
        newest = later.filter(pk__in=built).order_by("-taken", "-pk")[0]
        raise Refused(
            "built_upon",
            say("A later import (%(source)s) goes on with rows of this one.", source=newest.source),
            say("Undo the later one first."),
        )


def _put_back(notes: list[Taken], by: Actor, now: datetime) -> None:
    for kind in {note.kind for note in notes}:
        before = {note.row: note.before or {} for note in notes if note.kind == kind}
        rows = changes.rows_of(kind, list(before), by)
        before = {pk: one for pk, one in before.items() if pk in rows}
        if kind == "opportunity":
            deals = {pk: changes.deal_of(one) for pk, one in before.items()}
            sides = {pk: changes.stood(one) for pk, one in before.items()}
            changes.rewrite_deals(rows, deals, sides, by=by, now=now, as_before=True)
        else:
            changes.rewrite_cards(kind, rows, before, by=by, now=now)
        earlier = list(Taken.objects.in_network(by).filter(row__in=before, kind=kind))
        for note in earlier:
            note.version = rows[note.row].version if note.version else 0
        change_many(earlier, ["version"], by=by)


def _remove(of: Import, notes: list[Taken], touched: set[UUID], by: Actor) -> set[UUID]:
    """What the import made is gone, kind by kind, but for what was touched or is needed by something that stays."""
    made: dict[str, set[UUID]] = defaultdict(set)
    for note in notes:
        if note.made:
            made[note.kind].add(note.row)
    spared, gone = Spared(of, made["person"], by), set[UUID]()
    visited = on_timelines(made["activity"], by)
    for kind, model, parts in REMOVED:
        gone |= remove(model, made[kind] - touched - spared.of(kind, made[kind] - touched), parts=parts, by=by)
    forget_ties(made["person"] & gone, by)
    changes.refresh_contact(visited - gone, by=by)
    return gone


def _today_of_the_others(of: Import, by: Actor) -> None:
    """Figures that opened on the last day of this export open on that of those that are left, or today."""
    left = Import.objects.in_network(by).filter(state=Import.State.TAKEN).exclude(pk=of.pk)
    days = [str(one["as_of"]) for one in left.values_list("report", flat=True) if one.get("as_of")]
    day = of.report.get("as_of")
    if day and of.report.get("opened_on"):
        Network.objects.filter(pk=by.network, as_of=day).update(as_of=max(days, default=None))


def _finish(of: Import, *, kept: list[Taken], removed: int, by: Actor, now: datetime) -> dict[str, Any]:
    of.state, of.undone = Import.State.UNDONE, now
    of.report = of.report | {"removed": removed, "kept_rows": [{"kind": note.kind, "row": str(note.row)} for note in kept]}
    of.save(update_fields=["state", "undone", "report"])
    told = events.ImportUndone(
        subject=of.pk, happened=now, day=day_of(now, "UTC"), person=by.person, removed=removed, kept=len(kept)
    )
    record(told, by=by, now=now)
    return dict(of.report)
