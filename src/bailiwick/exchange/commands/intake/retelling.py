"""What a source says otherwise than last time, and what comes of it where several are masters of a row's fields."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from bailiwick.exchange.commands.intake import changes, deals
from bailiwick.exchange.commands.intake.hold import Hold
from bailiwick.exchange.matching import Match, content_digest, erased_among
from bailiwick.exchange.models import Taken
from bailiwick.exchange.rules.masters import SOURCE, columns_of, merged, of_kind
from bailiwick.exchange.rules.records import Record
from bailiwick.pipeline.commands.arriving import Arrived
from bailiwick.pipeline.commands.arriving_again import AS_IT_STANDS
from bailiwick.pipeline.commands.sides import side_of
from bailiwick.territories.commands import Whose

Told = tuple[Record, Taken]


def note_changes(records: Sequence[Record], before: Mapping[str, Match], hold: Hold) -> None:
    """Records that stand here already wait to be told again where they say something else, or people worked on what it keeps."""
    kind = records[0].kind if records else ""
    for one in records:
        hold.ids.setdefault(kind, {})[one.key] = before[one.key].row
    known = [(one, taken) for one in records if (taken := before[one.key].taken)]
    moved = _worked_on([taken for _, taken in known], kind, hold)
    fresh = [(one, taken) for one, taken in known if taken.content != content_digest(one) or taken.row in moved]
    hold.more(hold.unchanged, records, len(records) - len(fresh))
    hold.changing[kind] = fresh


def _worked_on(notes: Sequence[Taken], kind: str, hold: Hold) -> set[UUID]:
    """Rows of this source with which people did something since, where the source is master of anything: it says it again."""
    if not of_kind(hold.masters, kind, SOURCE):
        return set()
    versions = {note.row: note.version for note in notes if note.version}
    model = changes.CARDS[kind][0] if kind in changes.CARDS else changes.OTHERS[kind]
    rows = model.objects.in_network(hold.by).filter(pk__in=versions, source=hold.of.source).values_list("pk", "version")
    return {pk for pk, version in rows if version != versions[pk]}


def apply_changes(kind: str, hold: Hold, everything: Sequence[Record] = ()) -> None:
    """What a source says otherwise than last time holds, but for fields that are kept here.

    Where a person worked on the row since, only what the source is the master of.
    """
    waiting = hold.changing.pop(kind, [])
    rows = changes.rows_of(kind, [taken.row for _, taken in waiting], hold.by)
    fit = rows.keys() - erased_among(rows, hold.by)
    chosen = [(one, taken) for one, taken in waiting if taken.row in fit and _speaks(rows[taken.row], taken, kind, hold)]
    left = {one.key for one, _ in waiting} - {one.key for one, _ in chosen}
    hold.kept += [(one.table, one.line) for one, _ in waiting if one.key in left]
    before = changes.now_reading(kind, {taken.row: rows[taken.row] for _, taken in chosen}, hold.by)
    touched = {taken.row for _, taken in chosen if rows[taken.row].version != taken.version}
    if kind == "opportunity":
        told = _tell_deals(chosen, rows, before, touched, everything, hold)
    else:
        told = _tell_cards(kind, chosen, rows, before, touched, hold)
    for one, taken in chosen:
        if taken.row in told:
            # Of the version that the source knew: what people did since stays theirs the next time, too.
            version = taken.version if taken.row in touched else rows[taken.row].version
            hold.altered(one, taken.row, version, before[taken.row])


def _speaks(row: Any, taken: Taken, kind: str, hold: Hold) -> bool:
    """Whether the source may say anything of the row."""
    theirs = bool(of_kind(hold.masters, kind, SOURCE)) and taken.version > 0 and row.source == hold.of.source
    return bool(row.version == taken.version or theirs)


def _tell_cards(
    kind: str, chosen: Sequence[Told], rows: Mapping[UUID, Any], before: Mapping[UUID, Any], touched: set[UUID], hold: Hold
) -> set[UUID]:
    told: dict[UUID, Mapping[str, Any]] = {}
    for one, taken in chosen:
        says = {name: one.values[name] for name in changes.CARDS[kind][1]}
        now = before[taken.row]
        reads = merged(kind, says, now, hold.masters, touched=taken.row in touched)
        if reads == says or any((reads[name] or "") != (now[name] or "") for name in reads):
            told[taken.row] = reads
    if told:
        changes.rewrite_cards(kind, rows, told, by=hold.by, now=hold.now)
    return set(told)


def _tell_deals(
    chosen: Sequence[Told],
    rows: Mapping[UUID, Any],
    before: Mapping[UUID, Any],
    touched: set[UUID],
    everything: Sequence[Record],
    hold: Hold,
) -> set[UUID]:
    oldest = deals.oldest_win(everything)
    told: dict[UUID, Arrived] = {}
    sides: dict[UUID, Whose] = {}
    for one, taken in chosen:
        says, row = deals.arrived(one, hold, oldest), rows[taken.row]
        reads, theirs = _merged_deal(says, before[taken.row], hold.masters, touched=taken.row in touched)
        if taken.row in touched and not _differs(reads, before[taken.row], row, hold):
            continue
        told[taken.row] = reads
        sides[taken.row] = deals.hand_of(one, hold).whose if theirs else side_of(row)
    changes.rewrite_deals(rows, told, sides, by=hold.by, now=hold.now, moved=hold.moved)
    return set(told)


def _merged_deal(says: Arrived, now: Mapping[str, Any], masters: Mapping[str, str], *, touched: bool) -> tuple[Arrived, bool]:
    """What a deal comes to read, and whether its owner is the source's to say."""
    told = {name: getattr(says, name) for name in now if hasattr(says, name)} | {"stays": says.stays, "owner": True}
    stands = {**now, "step": AS_IT_STANDS, "stays": (), "lines": None, "owner": False}
    reads = merged("opportunity", told, stands, masters, touched=touched)
    theirs = bool(reads.pop("owner"))
    return replace(says, **reads), theirs


def _differs(reads: Arrived, now: Mapping[str, Any], row: Any, hold: Hold) -> bool:
    """Whether a deal would read otherwise than it does."""
    plain = [
        name
        for field in ("title", "account", "value", "expected", "origin", "stated_discount")
        for name in columns_of("opportunity", field)
    ]
    if any(getattr(reads, name) != now[name] for name in (*plain, "outcome", "decided", "reason") if name in now):
        return True
    lines = None if reads.lines is None else [(line.product, line.quantity, line.price) for line in reads.lines]
    step = AS_IT_STANDS if reads.step == AS_IT_STANDS else hold.step_names[reads.step - 1].casefold()
    return step not in (AS_IT_STANDS, row.step.name.casefold()) or lines not in (None, [tuple(line) for line in now["lines"]])
