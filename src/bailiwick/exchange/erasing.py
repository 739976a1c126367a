"""What erasing somebody means for what imports left: files, refused rows, mappings, reports, names that came with a source."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from bailiwick.exchange.marks import Marks
from bailiwick.exchange.models import GivenFile, Import, Incoming, Refusal, StandingSource, Taken
from bailiwick.exchange.reading.encodings import encoding_of
from bailiwick.exchange.reading.kinds import magic_of
from bailiwick.kit import Actor, Refused
from bailiwick.network.models import Person, Unit
from bailiwick.offer.models import PriceList, Product, SalesLine
from bailiwick.pipeline.models import Activity, Lead, Opportunity, Process, Promise, Step
from bailiwick.tenancy.models import Edited
from bailiwick.territories.models import Contact

# Where a source's words became ours; the name of a company stays one, also where its owner gave it theirs.
WORDS: tuple[tuple[Any, str], ...] = (
    (Activity, "text"), (Promise, "text"), (Opportunity, "reason"), (Lead, "reason"), (Opportunity, "title"), (Step, "name"),
    (Unit, "name"), (Product, "name"), (Product, "code"), (SalesLine, "name"), (Process, "name"), (PriceList, "name"),
)  # fmt: skip
ALONE = (Product, SalesLine, Process, PriceList)  # tables in which a name stands once
OWN_WORDS = ("text", "reason")


def erase_traces(subject: UUID, by: Actor) -> int:
    """Nothing that imports left tells the name, the address or the telephone number any more; the number of rows changed."""
    changed = Taken.objects.in_network(by).filter(row=subject).exclude(before=None).update(before=None)
    changed += _empty_own_words(subject, by)
    for marks in _marks(subject, by):
        changed += (
            _incoming(marks, by)
            + _files(marks, by)
            + _refusals(marks, by)
            + _documents(marks, by)
            + _words(marks, by)
            + _sources(marks, by)
        )
    return changed


def _marks(subject: UUID, by: Actor) -> list[Marks]:
    rows = [model.objects.in_network(by).filter(pk=subject).first() for model in (Person, Contact, Lead)]
    found = [Marks(row.name, row.email, row.phone) for row in rows if row is not None]
    return [marks for marks in found if marks]


def _empty_own_words(person: UUID, by: Actor) -> int:
    """What the erased once had on their activities and deals is not put back when an import is undone."""
    notes: list[Taken] = []
    models: tuple[Any, ...] = (Activity, Opportunity, Lead)
    for model in models:
        rows = model.objects.in_network(by).filter(person=person).values("pk")
        notes += Taken.objects.in_network(by).filter(row__in=rows).exclude(before=None)
    for note in notes:
        note.before = {name: "" if name in OWN_WORDS else value for name, value in (note.before or {}).items()}
        note.save(update_fields=["before"])
    return len(notes)


def _refusals(marks: Marks, by: Actor) -> int:
    rows = Refusal.objects.in_network(by).values_list("pk", "table", "reason", "cells").iterator()
    held = [pk for pk, table, reason, cells in rows if marks.held_by(" \n ".join((table, reason, *map(str, cells))))]
    return Refusal.objects.in_network(by).filter(pk__in=held).delete()[0]


def _documents(marks: Marks, by: Actor) -> int:
    """Mappings, reports, and what rows read before an import changed them."""
    changed = 0
    for row in Import.objects.in_network(by):
        mapping = {**row.mapping, "same": _other_spellings(row.mapping.get("same", {}), marks)} if row.mapping else {}
        told = marks.struck_from(mapping), marks.struck_from(row.report)
        if told != (row.mapping, row.report):
            row.mapping, row.report = told
            row.save(update_fields=["mapping", "report"])
            changed += 1
    for note in Taken.objects.in_network(by).exclude(before=None).iterator():
        if (before := marks.struck_from(note.before)) != note.before:
            Taken.objects.in_network(by).filter(pk=note.pk).update(before=before)
            changed += 1
    return changed


def _other_spellings(same: Any, marks: Marks) -> Any:
    """A spelling that somebody said means the erased is theirs too, however it is written."""
    held = marks.held_by
    return {kind: {a: b for a, b in pairs.items() if not (held(a) or held(b))} for kind, pairs in same.items()}


def _files(marks: Marks, by: Actor) -> int:
    """An export of which one file holds them, or cannot be searched, is given again: half of it would be another export."""
    held = [row.of_id for row in GivenFile.objects.in_network(by).iterator() if _may_hold(row, marks)]
    for of in Import.objects.in_network(by).filter(pk__in=held):
        tables = [{**one, "columns": [[column, []] for column, _ in one["columns"]]} for one in of.report.get("tables", ())]
        of.report = of.report | ({"tables": tables} if tables else {})
        of.save(update_fields=["report"])
    return GivenFile.objects.in_network(by).filter(of__in=held).delete()[0]


def _incoming(marks: Marks, by: Actor) -> int:
    """A file that waits for its turn and holds them, or cannot be searched, is not taken in; what files were called is struck."""
    changed = 0
    waiting = Incoming.objects.in_network(by).filter(content__isnull=False).iterator()
    held = [row.pk for row in waiting if _may_hold(row, marks)]
    changed += Incoming.objects.in_network(by).filter(pk__in=held).update(content=None, state=Incoming.State.REFUSED)
    for pk, name in Incoming.objects.in_network(by).values_list("pk", "name"):
        if marks.held_by(name):
            changed += Incoming.objects.in_network(by).filter(pk=pk).update(name=marks.struck(name)[:200])
    for row in StandingSource.objects.in_network(by).exclude(trouble=None):
        if (told := marks.struck_from(row.trouble)) != row.trouble:
            row.trouble = told
            row.save(update_fields=["trouble"])
            changed += 1
    return changed


def _may_hold(file: GivenFile | Incoming, marks: Marks) -> bool:
    content = bytes(file.content or b"")
    if magic_of(content) != "text" or marks.held_by(file.name):
        return True
    try:
        encoding = encoding_of(file.name, content)
    except Refused:
        return True
    text = content.decode(encoding.codec, "replace")
    return encoding.damaged or marks.held_by_a_line_of(text, sure=encoding.codec != "cp1252")


def _words(marks: Marks, by: Actor) -> int:
    changed = 0
    for model, column in WORDS:
        rows = model.objects.in_network(by).filter(_perhaps(marks, column)).only("pk", column)
        for row in [row for row in rows if marks.held_by(getattr(row, column))]:
            text = marks.struck(getattr(row, column))
            if model in ALONE:
                text = _free(text, model.objects.in_network(by).values_list(column, flat=True))
            changed += model.objects.in_network(by).filter(pk=row.pk).update(**{column: text})
    return changed


def _perhaps(marks: Marks, column: str) -> Q:
    """Rows worth a closer look, for the database to find: the longest word of the name, the address or the number."""
    found = Q(pk__in=())
    for pattern in marks.seeds:
        found |= Q(**{f"{column}__iregex": pattern})
    return found


def _free(text: str, there: Iterable[str]) -> str:
    names, place = set(there), 2
    free = text
    while free in names:
        free, place = f"{text} {place}", place + 1
    return free


def _sources(marks: Marks, by: Actor) -> int:
    """Where a source is called by the name, and where its keys are made of it: keys are kept as digests besides."""
    edited: list[Any] = [model for model in apps.get_models() if issubclass(model, Edited)]
    changed = 0
    sources = set(Import.objects.in_network(by).values_list("source", flat=True))
    for source in filter(marks.held_by, sources):
        free = _free(marks.struck(source), sources)
        for model in (Import, StandingSource, *edited):
            changed += model.objects.in_network(by).filter(source=source).update(source=free)
    for model in edited:
        rows = model.objects.in_network(by).filter(_perhaps(marks, "source_id")).values_list("pk", "source_id", "source")
        held = [pk for pk, key, _ in rows if marks.held_by(key)]
        changed += model.objects.in_network(by).filter(pk__in=held).update(source_id="")
    return changed
