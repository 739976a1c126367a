"""What came for a standing source is kept, made an import of, and settled. Nothing comes twice, and nothing is lost."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from bailiwick.exchange.commands.giving import CHANNEL
from bailiwick.exchange.commands.preparing import Prepared, prepare
from bailiwick.exchange.commands.unpacking import TOGETHER, Given, base_name, tables_of, too_large
from bailiwick.exchange.models import GivenFile, Import, Incoming, StandingSource
from bailiwick.exchange.queries import last_mapping, last_taken
from bailiwick.exchange.reasons import why_hold
from bailiwick.exchange.rules.mapping_file import from_json, to_json
from bailiwick.exchange.rules.standing import called_before, due_until, files_of, first_export
from bailiwick.exchange.sentences import written
from bailiwick.exchange.showing import shown
from bailiwick.kit import Actor, Door, NotSeen, Refused, Role, Sentence, day_of, say
from bailiwick.network.queries import scope_of
from bailiwick.tenancy.models import Network

WAITING, GIVEN = Incoming.State.WAITING, Incoming.State.GIVEN


def deliver(which: UUID, file: Given, *, token: UUID | None, by: Actor, now: datetime) -> tuple[Incoming, bool]:
    """A file of the source came by its token: kept until it is taken in. The very file that came last is the same one.

    By the director, who alone sees it; with a `token` that does nothing else, of this source. The second of the answer says
    whether it is new.
    """
    of = StandingSource.objects.seen_by(by.scope).filter(pk=which, ended=None).select_for_update().first()
    if of is None or (token is not None and token != of.token):
        raise NotSeen
    if len(file.content) > TOGETHER:
        raise too_large()
    if not file.content:
        raise Refused("empty_file", say("There is nothing in this file."), say("Send the file as the body of the request."))
    digest = hashlib.sha256(file.content).hexdigest()
    last = newest(of, by)
    if last is not None and last.digest == digest and last.state != Incoming.State.REFUSED:
        return last, False
    row = keep(of, file, digest, by=by, now=now)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(by.network)])
    return row, True


def keep(of: StandingSource, file: Given, digest: str, *, by: Actor, now: datetime, stamp: int = 0) -> Incoming:
    """The file waits for its turn; one that says what the last one said needs none."""
    last = newest(of, by)
    again = last is not None and last.digest == digest and last.state != Incoming.State.REFUSED
    return Incoming.objects.in_network(by).create(
        network_id=by.network,
        of=of,
        name=base_name(file.name)[:200],
        size=len(file.content),
        stamp=stamp,
        digest=digest,
        came=now,
        state=Incoming.State.AGAIN if again else WAITING,
        content=None if again else file.content,
    )


def newest(of: StandingSource, by: Actor) -> Incoming | None:
    """The file that came last, without its content."""
    return Incoming.objects.in_network(by).filter(of=of).defer("content").order_by("-came", "-pk").first()


def gather(of: StandingSource, *, by: Actor, now: datetime) -> None:
    """The first export of what waits and is due is asked for in the name of the source's director, or waits for a person.

    One export at a time: while one is on its way or waits, nothing more is gathered. What cannot be read is refused.
    """
    network = Network.objects.get(pk=by.network)
    rows = Incoming.objects.in_network(by).filter(of=of)
    due = rows.filter(state=WAITING, came__lte=due_until(of.night, now, network.zone))
    if rows.filter(state=GIVEN).exists() or not due.exists():
        return
    scope = scope_of(by.network, of.by, now)
    if Role.DIRECTOR not in scope.roles:
        note(of, "no_director", say("Whoever made this source standing is no director any more."),
                 say("Open it and save it once: from then on it goes on in your name."))  # fmt: skip
        return
    due = due.order_by("came", "stamp", "pk")
    mapping = last_mapping(of.source, by)
    known = files_of(from_json(mapping)) if mapping else []
    chosen = list(due[: first_export(list(due.values_list("name", flat=True)), known)])
    files = [Given(called_before(one.name, known), bytes(one.content or b"")) for one in chosen]
    try:
        _give(of, chosen, files, by=Actor(scope, Door.IMPORT), today=day_of(now, network.zone), now=now)
    except Refused as no:
        refuse(of, chosen, no.sentence, no.remedy, by=by)


def _give(
    of: StandingSource, chosen: Sequence[Incoming], files: Sequence[Given], *, by: Actor, today: date, now: datetime
) -> None:
    """The files are an import from now on: asked for where nothing has to be answered, else with what a person must look at."""
    if sum(len(file.content) for file in files) > TOGETHER:
        raise too_large()
    tables = tables_of(files)
    prepared = prepare(tables, of.source, today=today, by=by)
    hold = why_hold(prepared, tables, last_taken(of.source, by), by)
    export = _export(of, prepared, shown(prepared, tables, by) | _held(hold), by, now)
    for file in files:
        GivenFile.objects.in_network(by).create(network_id=by.network, of=export, name=file.name[:200], content=file.content)
    Incoming.objects.in_network(by).filter(pk__in=[one.pk for one in chosen]).update(state=GIVEN, export=export.pk, content=None)
    if export.state == Import.State.WAITING:
        why = hold[0] if hold else say("Something has to be answered first.")
        note(of, f"waits:{export.pk}", why, say("Nothing of it was taken in: look at it, and take it in or forget it."))


def _held(hold: Sequence[Sentence]) -> dict[str, Any]:
    return {"held": [written(one) for one in hold]} if hold else {}


def _export(of: StandingSource, prepared: Prepared, report: dict[str, Any], by: Actor, now: datetime) -> Import:
    ready = prepared.rehearsal is not None and "held" not in report
    row = Import(
        network_id=by.network,
        source=of.source,
        by=by.person,
        state=Import.State.ASKED if ready else Import.State.WAITING,
        mapping=to_json(prepared.reading),
        report=report,
        rows=prepared.rehearsal.rows if prepared.rehearsal else 0,
        created=now,
    )
    row.save(force_insert=True)
    return row


def refuse(of: StandingSource, chosen: Sequence[Incoming], why: Sentence, remedy: Sentence | None, *, by: Actor) -> None:
    """These files are not taken in; the source says why."""
    ids = [one.pk for one in chosen]
    Incoming.objects.in_network(by).filter(pk__in=ids).update(state=Incoming.State.REFUSED, content=None)
    note(of, f"refused:{ids[0] if ids else ''}", why, remedy or say("Lay it there again when it is put right."))


def settle(of: StandingSource, *, by: Actor) -> None:
    """Files whose import was taken in are taken; those whose import was forgotten are refused; a failed one is told."""
    given = Incoming.objects.in_network(by).filter(of=of, state=GIVEN)
    exports = set(given.values_list("export", flat=True))
    there = {row.pk: row for row in Import.objects.in_network(by).filter(pk__in=[one for one in exports if one])}
    for export in exports:
        row = there.get(export) if export else None
        if row is None:
            given.filter(export=export).update(state=Incoming.State.REFUSED)
            well(of)
        elif row.state in (Import.State.TAKEN, Import.State.UNDONE):
            given.filter(export=export).update(state=Incoming.State.TAKEN)
            of.taken = row.taken
            well(of)
        elif row.state == Import.State.FAILED:
            told = row.report.get("failed") or [{}, {}]
            _told(of, {"about": f"failed:{row.pk}", "why": told[0], "remedy": told[1]})


def well(of: StandingSource) -> None:
    """It goes on."""
    of.trouble = None
    of.save(update_fields=["taken", "trouble"])


def note(of: StandingSource, about: str, why: Sentence, remedy: Sentence) -> None:
    """It does not go on, and says why; `about` tells one trouble from the next."""
    _told(of, {"about": about, "why": written(why), "remedy": written(remedy)})


def _told(of: StandingSource, trouble: dict[str, Any]) -> None:
    if of.trouble != trouble:
        of.trouble = trouble
        of.save(update_fields=["trouble"])
