"""An export is taken in, all of it or nothing, in one transaction: killed at any moment it has not begun."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from babel.core import get_global
from django.db.models import Q

from bailiwick.exchange import events
from bailiwick.exchange.commands.intake import companies, deals, goods, people
from bailiwick.exchange.commands.intake.hold import Hold, Progress
from bailiwick.exchange.commands.intake.retelling import apply_changes, note_changes
from bailiwick.exchange.commands.intake.steps import places_of, steps_here
from bailiwick.exchange.commands.intake.traces import traced
from bailiwick.exchange.matching import absent, plainly_same, taken_before
from bailiwick.exchange.models import Import, Refusal, StandingSource
from bailiwick.exchange.queries import last_taken
from bailiwick.exchange.reports import told
from bailiwick.exchange.rules.mapping import Mapping as Reading
from bailiwick.exchange.rules.mapping_file import to_json
from bailiwick.exchange.rules.records import Record, RefusedRow, Rehearsal
from bailiwick.exchange.rules.standing import moved_on
from bailiwick.exchange.storable import storable
from bailiwick.kit import Actor, Door, NotAllowed, Refused, Role, day_of, say
from bailiwick.ledger.commands import record
from bailiwick.ledger.models import Entry
from bailiwick.network.models import Unit
from bailiwick.tenancy.adding import add_many
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.turns import take_turns
from bailiwick.tenancy.walls import InNetwork

OWNED = ("lead", "opportunity", "activity")


def may_import(by: Actor) -> None:
    """An import makes people, units and deals of everybody: the director's. Raises `NotAllowed`."""
    if not (by.system or Role.DIRECTOR in by.scope.roles):
        raise NotAllowed(say("An export is taken in by the director."), say("Ask the director to take it in."))


def begin(reading: Reading, *, by: Actor, now: datetime) -> Import:
    """An import is on its way, with how its tables are read."""
    may_import(by)
    return Import.objects.in_network(by).create(
        network_id=by.network, source=storable(reading.source), by=by.person, mapping=storable(to_json(reading)), created=now
    )


def take_in(
    of: Import, rehearsal: Rehearsal, reading: Reading, *, by: Actor, now: datetime, progress: Progress = lambda _: None
) -> dict[str, Any]:
    """Everything that was rehearsed stands in the network; the report says what became of every row.

    Rows taken in before are found again by source and key: what says the same is left alone, what says something else is
    changed unless a person worked on it since. Each package makes its own events; one more says what was taken in.
    """
    may_import(by)
    if reading.open_questions:
        raise Refused("questions_open", say("Something has to be answered first."), say("Answer it, then take the export in."))
    if reading.currency and reading.currency not in get_global("all_currencies"):
        raise Refused("no_currency", say("%(code)s is no currency.", code=reading.currency[:10]))
    one_at_a_time(by)
    hold = _hold(of, rehearsal, reading, by, now, progress)
    records = rehearsal.records
    hold.places, hold.step_names = places_of(reading, hold), steps_here(by)
    _people(records, hold)
    _goods_and_companies(records, hold)
    with traced(hold):
        _deals(records, hold)
    hold.write_notes()
    add_many([_refusal(of, row, by) for row in rehearsal.refused])
    _today_for_figures(rehearsal.as_of, hold)
    return _finish(rehearsal, hold)


def one_at_a_time(by: InNetwork) -> None:
    """Two imports at once would both find a company missing, and one undone meanwhile would take it away."""
    take_turns("exchange.import", by.network)


def _hold(of: Import, rehearsal: Rehearsal, reading: Reading, by: Actor, now: datetime, progress: Progress) -> Hold:
    network = Network.objects.get(pk=by.network)
    root = Unit.objects.in_network(by).get(parent=None)
    today = day_of(now, network.zone)
    standing = StandingSource.objects.in_network(by).filter(source=of.source, ended=None).first()
    before = last_taken(of.source, by)
    newest = date.fromisoformat(before.report["as_of"]) if before and before.report.get("as_of") else None
    began = datetime.combine(rehearsal.since or today, time(), UTC)
    return Hold(
        by=Actor(by.scope, Door.IMPORT, system=True),
        now=now,
        of=of,
        root=root,
        as_of=rehearsal.as_of or today,
        since=min(began, now),
        currency=reading.currency or network.currency,
        progress=progress,
        masters=standing.masters if standing else {},
        moved=moved_on(rehearsal.as_of, newest, today),
    )


def _sorted_out(records: Sequence[Record], hold: Hold) -> list[Record]:
    """The records that are new here; those that stand already are noted, and changed where they say something else."""
    before = taken_before(records, hold.of.source, hold.by)
    rest = [one for one in records if one.key not in before]
    met = plainly_same(rest, hold.by, hold.ids)
    for one in rest:
        if one.key in met:
            hold.met(one, met[one.key].row)
    note_changes([one for one in records if one.key in before], before, hold)
    return [one for one in rest if one.key not in met]


def _people(records: Mapping[str, Sequence[Record]], hold: Hold) -> None:
    everybody = records.get("person", ())
    people.take_people(_sorted_out(everybody, hold), everybody, hold)
    apply_changes("person", hold)
    if not all(hold.belongs(record) for kind in OWNED for record in records.get(kind, ())):
        people.take_nobody(hold)
    hold.progress(len(everybody))


def _goods_and_companies(records: Mapping[str, Sequence[Record]], hold: Hold) -> None:
    hold.lines = goods.take_products(_sorted_out(records.get("product", ()), hold), records, hold)
    for kind, take in (("account", companies.take_accounts), ("contact", companies.take_contacts)):
        take(_sorted_out(records.get(kind, ()), hold), hold)
        apply_changes(kind, hold)
        hold.progress(len(records.get(kind, ())))


def _deals(records: Mapping[str, Sequence[Record]], hold: Hold) -> None:
    everything = records.get("opportunity", ())
    deals.take_leads(_sorted_out(records.get("lead", ()), hold), hold)
    apply_changes("lead", hold)
    deals.take_opportunities(_sorted_out(everything, hold), everything, hold)
    apply_changes("opportunity", hold, everything)
    deals.take_activities(_sorted_out(records.get("activity", ()), hold), hold)
    apply_changes("activity", hold)
    hold.contested = companies.settle_callers(records, hold.lines, hold)


def _refusal(of: Import, row: RefusedRow, by: Actor) -> Refusal:
    table, reason = storable(row.table), storable(str(row.reason))
    cells = [storable(cell) for cell in row.cells]
    return Refusal(network_id=by.network, of=of, table=table[:200], line=row.line, reason=reason[:400], cells=cells)


def _today_for_figures(as_of: date | None, hold: Hold) -> None:
    """An archive opens on its own last day, unless people act in this network already: then today is today."""
    alive = Entry.objects.in_network(hold.by).filter(door__in=(Door.PAGE, Door.API)).exists()
    if as_of and not alive:
        network = Network.objects.filter(Q(as_of=None) | Q(as_of__lt=as_of), pk=hold.by.network)
        hold.opened_on = bool(network.update(as_of=as_of))


def _finish(rehearsal: Rehearsal, hold: Hold) -> dict[str, Any]:
    of, made, changed = hold.of, sum(hold.created.values()), sum(hold.changed.values())
    counts = told(rehearsal, of.source, created=hold.created, changed=hold.changed, unchanged=hold.unchanged)
    of.report = storable(counts) | {
        "here_already": hold.here_already,
        "left_out": hold.left_out,
        "kept": [{"table": table, "line": line} for table, line in hold.kept],
        "contested": hold.contested,
        "absent": absent(rehearsal.records.get("opportunity", ()), of.source, hold.by),
        "opened_on": hold.opened_on,
    }
    of.state, of.taken, of.done, of.rows = Import.State.TAKEN, hold.now, rehearsal.rows, rehearsal.rows
    of.save(update_fields=["report", "state", "taken", "done", "rows"])
    taken = events.ImportTaken(
        subject=of.pk,
        happened=hold.now,
        day=day_of(hold.now, hold.root.zone),
        person=hold.by.person,
        created=made,
        changed=changed,
        refused=len(rehearsal.refused),
    )
    record(taken, by=hold.by, now=hold.now)
    return dict(of.report)
