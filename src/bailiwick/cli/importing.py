"""`bailiwick import`: an export becomes, or joins, an organization."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from babel.core import get_global

from bailiwick.cli.surroundings import with_django
from bailiwick.cli.trouble import as_refusal
from bailiwick.exchange.refused_rows import file_name, write_refused
from bailiwick.exchange.storable import storable
from bailiwick.kit import Actor, Door, Refused, Sentence, day_of, say
from bailiwick.store import StoreRefused

if TYPE_CHECKING:
    from bailiwick.exchange.commands.preparing import Prepared
    from bailiwick.exchange.rules.mapping import Question
    from bailiwick.exchange.rules.records import RefusedRow
    from bailiwick.exchange.rules.tables import Table
    from bailiwick.tenancy.models import Network

NEEDS_ANSWER, STOPPED = 2, 130
LONGEST_NAME = 200
LARGEST_MAPPING = 64 * 1024 * 1024


def run(asked: argparse.Namespace) -> int:
    """The export is taken in, or rehearsed, or an import is undone; 2 where something has to be answered first.

    With `--json` standard output is one document, also where somebody stops it or something breaks.
    """
    try:
        return _run(asked)
    except (Refused, StoreRefused):
        raise  # whoever called tells it
    except KeyboardInterrupt:
        _broke(asked, say("Stopped."))
        return STOPPED
    except Exception as why:
        if as_refusal(why) is None:  # a disk or store that gave up is told by whoever called
            _broke(asked, say("Something broke on our side."))
        raise


def _broke(asked: argparse.Namespace, why: Sentence) -> None:
    remedy = say("Run the same command again: nothing is taken in by half, and nothing twice.")
    if asked.json:
        print(json.dumps({"refused": str(why), "remedy": str(remedy)}))
    print(f"\nbailiwick: {why} {remedy}", file=sys.stderr)


def _run(asked: argparse.Namespace) -> int:
    if asked.undo:
        return _undo(asked)
    if not asked.paths:
        raise Refused("no_files", say("There is nothing to take in."), say("Name the files or the folder of the export."))
    from bailiwick.exchange.reading import read

    tables = read(asked.paths)
    with_django(asked.home)
    from bailiwick.exchange.commands.preparing import source_of
    from bailiwick.tenancy.models import Network

    source = " ".join(storable(asked.source or source_of(asked.paths)).split()) or "export"
    network = Network.objects.filter(slug=asked.network).first()
    if network is None and len(asked.name) > LONGEST_NAME:
        raise Refused("long_name", say("The name of a network has at most %(longest)s characters.", longest=LONGEST_NAME))
    prepared = _prepared(tables, source, network, asked)
    if prepared.rehearsal is None:
        return _ask_by_file(prepared, asked)
    if asked.rehearse:
        return _tell(_outlook(prepared, network), asked)
    return _take_in(tables, prepared, network, asked)


def _prepared(tables: Sequence["Table"], source: str, network: "Network | None", asked: argparse.Namespace) -> "Prepared":
    """Mapped and rehearsed; what is open is asked on a terminal until nothing is."""
    from bailiwick.exchange.commands.preparing import prepare
    from bailiwick.tenancy.within import within

    with within(network.pk) if network else nullcontext():
        by, zone = (_clerk(network), network.zone) if network else (None, "UTC")
        today, currency = day_of(datetime.now(UTC), zone), asked.currency.upper()
        prepared = prepare(
            tables, source, today=today, by=by, filled=_filled(asked.mapping), currency=currency, ask=_asker(asked)
        )
    if prepared.reading.currency and prepared.reading.currency not in get_global("all_currencies"):
        raise Refused("no_currency", say("%(code)s is no currency.", code=prepared.reading.currency[:10]))
    return prepared


def _filled(mapping: Path | None) -> dict[str, Any] | None:
    """What stands in the mapping file; None where it is still to be written. Raises `Refused` for what is none."""
    if mapping is None or not os.path.lexists(mapping):
        return None
    try:
        with os.fdopen(os.open(mapping, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:  # a pipe would wait for ever
            told = json.loads(file.read(LARGEST_MAPPING).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        name = storable(mapping.name)
        raise Refused(
            "bad_mapping",
            say("%(file)s is no mapping that can be read.", file=name),
            say("Name the file that an import wrote, or one that is not there yet."),
        )
    return told


def _asker(asked: argparse.Namespace) -> Any:
    """Who answers questions: a person at a terminal, else nobody."""
    ends = (sys.stdin, sys.stdout)
    return _ask if all(end is not None and end.isatty() for end in ends) and not asked.json else None


def _ask(question: "Question") -> str:
    print(f"\n{question.sentence}")
    for number, (_, meaning) in enumerate(question.choices, start=1):
        print(f"  {number}. {meaning}")
    while True:
        try:
            typed = input(f"1 to {len(question.choices)} [1]: ").strip() or "1"
        except EOFError:
            remedy = say("Run it again, or with --mapping FILE to answer in a file.")
            raise Refused("no_answer", say("Nobody answers."), remedy) from None
        if typed.isdigit() and 1 <= int(typed) <= len(question.choices):
            return question.choices[int(typed) - 1][0]


def _ask_by_file(prepared: "Prepared", asked: argparse.Namespace) -> int:
    """The mapping is written to be completed by hand; the same command takes it from there."""
    from bailiwick.exchange.rules.mapping_file import to_json

    reading = prepared.reading
    text = json.dumps(storable(to_json(reading)), indent=2, ensure_ascii=False) + "\n"
    file = _kept(
        asked.mapping or Path(f"{file_name(reading.source)}.mapping.json"), asked, lambda to: to.write_text(text, "utf-8")
    )
    if file is None:
        raise Refused(
            "cannot_write",
            say("The questions cannot be written to a file, neither here nor in the home."),
            say("Name a place for them with --mapping FILE."),
        )
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


def _take_in(tables: Sequence["Table"], prepared: "Prepared", network: "Network | None", asked: argparse.Namespace) -> int:
    """One transaction: a new network is there exactly if its import is."""
    from django.db import transaction

    from bailiwick.exchange.commands.taking import begin, take_in
    from bailiwick.kit import Role
    from bailiwick.network.commands import found_network
    from bailiwick.network.commands.inviting import invite
    from bailiwick.tenancy.within import within

    rehearsal, token, now = prepared.rehearsal, "", datetime.now(UTC)
    if rehearsal is None:
        raise ValueError("an import with open questions cannot be taken in")
    with within(network.pk) if network else transaction.atomic():
        if network:
            by = _clerk(network)
        else:
            currency = prepared.reading.currency
            by, root = found_network(slug=asked.network, name=asked.name or asked.network, now=now, currency=currency)
            token = invite(unit=root.pk, role=Role.DIRECTOR, by=by, now=now)
        of = begin(prepared.reading, by=by, now=now)
        report = take_in(of, rehearsal, prepared.reading, by=by, now=now, progress=_progress(rehearsal.rows))
    report |= _write_refused(tables, rehearsal.refused, of.source, asked)
    report |= {"network": asked.network, "import": str(of.pk)}
    if token:
        report["link"] = f"http://127.0.0.1:{asked.port}/welcome/{token}"
    return _tell(report, asked)


def _write_refused(
    tables: Sequence["Table"], refused: Sequence["RefusedRow"], source: str, asked: argparse.Namespace
) -> dict[str, Any]:
    """What was taken in stands whether or not a file can be written; refused rows are in the store, too."""
    files: list[Path] = []
    wanted = asked.refused or Path(f"{file_name(source)}.refused.csv")
    if any(os.path.lexists(wanted) and given.exists() and wanted.samefile(given) for given in asked.paths):
        wanted = wanted.with_name(f"{wanted.stem}.again{wanted.suffix}")  # the file that was given is nobody's to overwrite

    def write(to: Path) -> None:
        files[:] = write_refused(tables, refused, to)

    kept = _kept(wanted, asked, write) if refused else wanted
    names = [str(path) for path in files] if kept else []
    return {"refused_file": names[0] if names else None, "refused_files": names, "refused_unwritten": kept is None}


def _kept(wanted: Path, asked: argparse.Namespace, write: Callable[[Path], object]) -> Path | None:
    """Where something could be written: where it was wished, else in the home; None where neither takes it."""
    for path in (wanted, asked.home.absolute() / file_name(wanted.name)):
        if path.exists() and not path.is_file():
            continue  # a folder, or a pipe that would wait for ever
        try:
            write(path)
        except (OSError, ValueError):
            continue
        return path
    return None


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
    counted = {verbs[0]: "created", verbs[1]: "changed", "unchanged": "unchanged", "here already": "here_already"}
    counted["left out"] = "left_out"
    for verb, told in ((verb, report.get(name)) for verb, name in counted.items()):
        if told:
            print(f"{verb}: " + ", ".join(f"{count:,} {kind}" for kind, count in told.items()))
    print(f"{report['rows']:,} rows: {report['refused']:,} refused, {report['duplicates']:,} duplicates")
    for one in report["findings"]:
        print(f"- {one['sentence']}")
    for file in report.get("refused_files", ()):
        print(f"Refused rows with their reasons: {file}")
    if report.get("refused_unwritten"):
        print("Refused rows could not be written to a file; the page of the import shows them.")
    if report.get("kept"):
        print(f"{len(report['kept']):,} rows left as they are: people here worked on them, or they do not change by an import")
    if report.get("link"):
        print(f"Start it with: bailiwick --home {asked.home} serve")
        print(f"Then open, once: {report['link']}  (it makes you the director of {asked.network})")
    return 0
