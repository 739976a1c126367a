"""What was asked for is taken in by whoever looks after imports: the files are read again, and everything or nothing stands."""

from datetime import datetime
from typing import Any
from uuid import UUID

from bailiwick.exchange.commands.giving import given_files
from bailiwick.exchange.commands.intake.hold import Progress
from bailiwick.exchange.commands.preparing import prepare
from bailiwick.exchange.commands.taking import take_in
from bailiwick.exchange.commands.unpacking import tables_of
from bailiwick.exchange.models import GivenFile, Import
from bailiwick.exchange.sentences import written
from bailiwick.exchange.showing import headers, sentences
from bailiwick.kit import Actor, Refused, Sentence, day_of, say
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.walls import InNetwork


def next_asked(by: InNetwork) -> Import | None:
    """The import that was asked for first."""
    return Import.objects.in_network(by).filter(state=Import.State.ASKED).order_by("created", "pk").first()


def take_asked(of: Import, *, by: Actor, now: datetime, progress: Progress) -> dict[str, Any]:
    """The import stands as `taking.take_in` says, and its files are gone. `progress` hears of rows as they are done."""
    tables = tables_of(given_files(of, by))
    today = day_of(now, Network.objects.get(pk=by.network).zone)
    prepared = prepare(tables, of.source, today=today, by=by, filled=of.mapping, currency=str(of.mapping.get("currency", "")))
    rehearsal = prepared.rehearsal
    if rehearsal is None:
        raise Refused(
            "questions_open",
            say("Something has to be answered that was no question before: the process was changed meanwhile."),
            say("Answer it, then take the export in."),
        )
    records = sum(map(len, rehearsal.records.values()))
    done = 0

    def more(count: int) -> None:
        nonlocal done
        done += count
        progress(rehearsal.rows * done // max(records, done, 1))

    take_in(of, rehearsal, prepared.reading, by=by, now=now, progress=more)
    of.report |= sentences(rehearsal) | {"headers": headers(tables)}
    of.report.pop("refused_rows")  # they stand in a table of their own
    of.save(update_fields=["report"])
    GivenFile.objects.in_network(by).filter(of=of).delete()
    return dict(of.report)


def fail(which: UUID, reason: Sentence, remedy: Sentence | None, *, by: InNetwork) -> None:
    """Nothing of the import was taken in, and its page says why; it can be tried again."""
    of = Import.objects.in_network(by).select_for_update().filter(pk=which, state=Import.State.ASKED).first()
    if of is not None:
        of.state, of.done = Import.State.FAILED, 0
        of.report = of.report | {"failed": [written(reason), written(remedy)]}
        of.save(update_fields=["state", "done", "report"])
