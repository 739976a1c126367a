"""`bailiwick import`: an export becomes, or joins, an organization."""

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from bailiwick.cli.surroundings import with_django
from bailiwick.kit import Actor, Door, Refused, say

if TYPE_CHECKING:
    from bailiwick.exchange.commands.preparing import Prepared
    from bailiwick.exchange.rules.mapping import Question
    from bailiwick.exchange.rules.tables import Table
    from bailiwick.tenancy.models import Network

NEEDS_ANSWER = 2


def run(asked: argparse.Namespace) -> int:
    """The export is taken in, or rehearsed, or an import is undone; 2 where something has to be answered first."""
    if asked.undo:
        return _undo(asked)
    if not asked.paths:
        raise Refused("no_files", say("There is nothing to take in."), say("Name the files or the folder of the export."))
    from bailiwick.exchange.reading import read

    tables = read(asked.paths)
    with_django(asked.home)
    from bailiwick.exchange.commands.preparing import source_of
    from bailiwick.tenancy.models import Network

    now, source = datetime.now(UTC), asked.source or source_of(asked.paths)
    network = Network.objects.filter(slug=asked.network).first()
    prepared = _prepared(tables, source, network, asked, now)
    if prepared.rehearsal is None:
        return _ask_by_file(prepared, asked)
    if asked.rehearse:
        return _tell(_outlook(prepared, network), asked)
    return _take_in(tables, prepared, network, asked, now)


def _prepared(
    tables: Sequence["Table"], source: str, network: "Network | None", asked: argparse.Namespace, now: datetime
) -> "Prepared":
    """Mapped and rehearsed; what is open is asked on a terminal until nothing is."""
    from bailiwick.exchange.commands.preparing import prepare
    from bailiwick.tenancy.within import within

    with within(network.pk) if network else nullcontext():
        by = _clerk(network) if network else None
        filled = json.loads(asked.mapping.read_text("utf-8")) if asked.mapping and asked.mapping.exists() else None
        return prepare(
            tables, source, today=now.date(), by=by, filled=filled, currency=asked.currency.upper(), ask=_asker(asked)
        )


def _asker(asked: argparse.Namespace) -> Any:
    """Who answers questions: a person at a terminal, else nobody."""
    return _ask if sys.stdin.isatty() and sys.stdout.isatty() and not asked.json else None


def _ask(question: "Question") -> str:
    print(f"\n{question.sentence}")
    for number, (_, meaning) in enumerate(question.choices, start=1):
        print(f"  {number}. {meaning}")
    while True:
        typed = input(f"1 to {len(question.choices)} [1]: ").strip() or "1"
        if typed.isdigit() and 1 <= int(typed) <= len(question.choices):
            return question.choices[int(typed) - 1][0]


def _ask_by_file(prepared: "Prepared", asked: argparse.Namespace) -> int:
    """The mapping is written to be completed by hand; the same command takes it from there."""
    from bailiwick.exchange.rules.mapping_file import to_json

    reading = prepared.reading
    file = asked.mapping or Path(f"{reading.source}.mapping.json")
    file.write_text(json.dumps(to_json(reading), indent=2, ensure_ascii=False) + "\n", "utf-8")
    open_ones = reading.open_questions
    if asked.json:
        told = [{"key": one.key, "ask": str(one.sentence), "choices": [choice for choice, _ in one.choices]} for one in open_ones]
        print(json.dumps({"source": reading.source, "questions": told, "mapping": str(file)}))
    else:
        for one in open_ones:
            print(f"- {one.sentence}")
        print(f"Answer these in {file}, then run the same command with --mapping {file}.")
    return NEEDS_ANSWER


def _outlook(prepared: "Prepared", network: "Network | None") -> dict[str, Any]:
    """What taking in would do, told like a report."""
    from bailiwick.exchange.commands.preparing import rehearsed
    from bailiwick.tenancy.within import within

    with within(network.pk) if network else nullcontext():
        return rehearsed(prepared, _clerk(network) if network else None)


def _take_in(
    tables: Sequence["Table"], prepared: "Prepared", network: "Network | None", asked: argparse.Namespace, now: datetime
) -> int:
    """One transaction: a new network is there exactly if its import is."""
    from django.db import transaction

    from bailiwick.exchange.commands.taking import begin, take_in
    from bailiwick.exchange.refused_rows import write_refused
    from bailiwick.kit import Role
    from bailiwick.network.commands import found_network
    from bailiwick.network.commands.inviting import invite
    from bailiwick.tenancy.within import within

    assert prepared.rehearsal is not None
    token = ""
    with within(network.pk) if network else transaction.atomic():
        if network:
            by = _clerk(network)
        else:
            currency = prepared.reading.currency
            by, root = found_network(slug=asked.network, name=asked.name or asked.network, now=now, currency=currency)
            token = invite(unit=root.pk, role=Role.DIRECTOR, by=by, now=now)
        of = begin(prepared.reading, by=by, now=now)
        report = take_in(of, prepared.rehearsal, prepared.reading, by=by, now=now, progress=_progress(prepared.rehearsal.rows))
    file = asked.refused or Path(f"{of.source}.refused.csv")
    files = [str(path) for path in write_refused(tables, prepared.rehearsal.refused, file)]
    report |= {"refused_file": files[0] if files else None, "refused_files": files}
    report |= {"network": asked.network, "import": str(of.pk)}
    if token:
        report["link"] = f"http://127.0.0.1:{asked.port}/welcome/{token}"
    return _tell(report, asked)


def _progress(rows: int) -> Any:
    """A line on a terminal that says how far it is; nothing elsewhere."""
    done = 0

    def more(count: int) -> None:
        nonlocal done
        done += count
        if sys.stderr.isatty():
            print(f"\r{min(done, rows):>9} of {rows} rows", end="", file=sys.stderr, flush=True)

    return more


def _undo(asked: argparse.Namespace) -> int:
    with_django(asked.home)
    from bailiwick.exchange.commands.undoing import undo
    from bailiwick.network.queries import network_of
    from bailiwick.tenancy.within import within

    try:
        which = UUID(asked.undo)
    except ValueError:
        raise Refused("no_id", say("%(text)s is no id of an import.", text=asked.undo)) from None
    network = network_of(asked.network)
    with within(network.pk):
        report = undo(which, by=_clerk(network), now=datetime.now(UTC))
    if asked.json:
        print(json.dumps(report))
    else:
        print(f"Undone: {report['removed']} rows removed, {len(report['kept_rows'])} kept because people worked on them.")
    return 0


def _clerk(network: "Network") -> Actor:
    from bailiwick.cli.clerk import clerk

    return clerk(network.pk, Door.IMPORT)


def _tell(report: dict[str, Any], asked: argparse.Namespace) -> int:
    """The report in JSON, or in lines that a person reads."""
    if asked.json:
        print(json.dumps(report))
        return 0
    verbs = ("would make", "would change") if report.get("rehearsed") else ("made", "changed")
    for verb, told in zip((*verbs, "unchanged"), (report["created"], report["changed"], report["unchanged"]), strict=True):
        if told:
            print(f"{verb}: " + ", ".join(f"{count:,} {kind}" for kind, count in told.items()))
    print(f"{report['rows']:,} rows: {report['refused']:,} refused, {report['duplicates']:,} duplicates")
    for one in report["findings"]:
        print(f"- {one['sentence']}")
    for file in report.get("refused_files", ()):
        print(f"Refused rows with their reasons: {file}")
    if report.get("link"):
        print(f"Start it with: bailiwick --home {asked.home} serve")
        print(f"Then open, once: {report['link']}  (it makes you the director of {asked.network})")
    return 0
