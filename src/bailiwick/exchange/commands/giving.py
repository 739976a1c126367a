"""An export is given on a page: kept, looked at, answered about, asked for, or forgotten. Nothing of it is taken in here."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from bailiwick.exchange.commands.preparing import Prepared, prepare
from bailiwick.exchange.commands.taking import may_import
from bailiwick.exchange.commands.unpacking import Given, proposed, tables_of
from bailiwick.exchange.models import GivenFile, Import
from bailiwick.exchange.rules.detecting import detect
from bailiwick.exchange.rules.mapping_file import from_json, to_json
from bailiwick.exchange.rules.remapping import Columns, remapped
from bailiwick.exchange.rules.tables import Table
from bailiwick.exchange.showing import shown
from bailiwick.kit import Actor, NotSeen, Refused, day_of, say
from bailiwick.tenancy.models import Network

CHANNEL = "bailiwick_import"
OPEN = (Import.State.WAITING, Import.State.FAILED)
KEPT = timedelta(days=7)


def give(files: Sequence[Given], source: str, currency: str, *, by: Actor, now: datetime) -> Import:
    """The files are kept and read; what has to be answered is asked. By the director.

    Raises `Refused`, naming the file, for what cannot be read or is no sales export; then nothing is kept.
    """
    may_import(by)
    tables = tables_of(files)
    source = source or proposed([file.name for file in files])
    prepared = prepare(tables, source, today=_today(by, now), by=by, currency=currency.upper())
    of = Import(network_id=by.network, source=source, by=by.person, created=now)
    _keep(of, prepared, tables, by)
    of.save(force_insert=True)
    for file in files:
        GivenFile.objects.in_network(by).create(network_id=by.network, of=of, name=file.name[:200], content=file.content)
    return of


def answer(
    which: UUID, *, answers: Mapping[str, str] | None = None, columns: Columns | None = None, anew: bool = False, by: Actor,
    now: datetime,
) -> Import:  # fmt: skip
    """The export is read again with these answers by question, or with tables and columns as chosen, or from the beginning.

    `columns` says for each table its kind and the target of each column. Raises `Refused` where an answer does not fit.
    """
    of = _open(which, by)
    tables = tables_of(given_files(of, by))
    mapping: Mapping[str, Any] = of.mapping
    if columns is not None:
        known = remapped(from_json(mapping), columns)
        mapping = to_json(detect(tables, source=of.source, known=known))
    if answers:
        mapping = _answered(mapping, answers)
    filled = None if anew else mapping
    currency = str(of.mapping.get("currency", ""))
    _keep(of, prepare(tables, of.source, today=_today(by, now), by=by, filled=filled, currency=currency), tables, by)
    of.state = Import.State.WAITING
    of.save(update_fields=["mapping", "report", "rows", "state"])
    return of


def _answered(mapping: Mapping[str, Any], answers: Mapping[str, str]) -> dict[str, Any]:
    questions = [dict(question) | {"answer": answers.get(question["key"])} for question in mapping["questions"]]
    return {**mapping, "questions": questions}


def _keep(of: Import, prepared: Prepared, tables: Sequence[Table], by: Actor) -> None:
    of.mapping, of.report = to_json(prepared.reading), shown(prepared, tables, by)
    of.rows = prepared.rehearsal.rows if prepared.rehearsal else sum(len(table.rows) for table in tables)


def ask_for(which: UUID, *, by: Actor, now: datetime) -> Import:
    """The export is to be taken in as it was rehearsed, in the name of `by`; whoever takes imports in is woken at commit."""
    of = _open(which, by)
    if from_json(of.mapping).open_questions:
        raise Refused("questions_open", say("Something has to be answered first."), say("Answer it, then take the export in."))
    if not GivenFile.objects.in_network(by).filter(of=of).exists():
        raise files_gone()
    of.state, of.by, of.done = Import.State.ASKED, by.person, 0
    of.report = {name: told for name, told in of.report.items() if name != "failed"}
    of.save(update_fields=["state", "by", "done", "report"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(by.network)])
    return of


def forget(which: UUID, *, by: Actor, now: datetime) -> None:
    """An export that was not taken in is gone with its files."""
    _open(which, by).delete()


def forget_old(*, by: Actor, now: datetime) -> int:
    """Given files go after a week, and with them what still waited for somebody. Returns how many exports that were."""
    old = Import.objects.in_network(by).filter(created__lt=now - KEPT, state__in=OPEN)
    ids = list(old.filter(files__isnull=False).distinct().values_list("pk", flat=True))
    GivenFile.objects.in_network(by).filter(of__in=ids).delete()
    old.filter(state=Import.State.WAITING).delete()
    return len(ids)


def given_files(of: Import, by: Actor) -> list[Given]:
    """The files as they were given. Raises `Refused` when they are gone."""
    rows = GivenFile.objects.in_network(by).filter(of=of).order_by("pk")
    files = [Given(row.name, bytes(row.content)) for row in rows]
    if not files:
        raise files_gone()
    return files


def files_gone() -> Refused:
    """A week has passed, or somebody in them was erased."""
    return Refused("files_gone", say("The files of this export are no longer kept."), say("Give the export again."))


def _open(which: UUID, by: Actor) -> Import:
    """The import, held against a second answer at the same instant."""
    may_import(by)
    of = Import.objects.in_network(by).select_for_update().filter(pk=which).first()
    if of is None:
        raise NotSeen
    if of.state not in OPEN:
        raise Refused("not_waiting", say("This export does not wait for you any more."), say("Its page says what became of it."))
    return of


def _today(by: Actor, now: datetime) -> date:
    return day_of(now, Network.objects.get(pk=by.network).zone)
