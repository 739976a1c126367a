"""The `bailiwick` command. Arguments are read before anything slow is loaded."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

DONE, REFUSED, NEEDS_ANSWER = 0, 1, 2
COMMANDS = {
    "demo": "build the demonstration network if need be, and serve it",
    "serve": "serve the networks of this home: web and clock under one parent",
    "migrate": "bring the tables of the store up to this release",
    "import": "take in an export of another system: files or a folder become, or join, a network",
    "measures": "list the measures: what each means, of which cases, with which interval",
    "measure": "ask a measure of a network",
    "doctor": "look whether everything is as it should be",
    "seal": "close the finished part of the ledger now",
    "backup": "write everything into one file",
    "restore": "fill an empty home from a backup",
    "export": "write one network with everything of it into a file, with a description for programs",
    "admit": "take in a network that was exported elsewhere",
    "digest": "say in one number what a network holds, to be compared with another installation",
    "erase": "erase a person who has left from a network",
    "unlock": "let a login in by password alone again, whose second factor is lost",
    "receive": "take one mail for a person's own address on standard input, as a mail server hands it over",
    "bench": "measure the product beside rivals, in a home of its own",
}


def parser() -> argparse.ArgumentParser:
    """What the command takes."""
    top = argparse.ArgumentParser(prog="bailiwick", description="The operating system of a decentralized sales organization.")
    top.add_argument("--home", type=Path, default=Path(os.environ.get("BAILIWICK_HOME", ".bailiwick")), metavar="DIR",
                     help="where the data live (default: $BAILIWICK_HOME or ./.bailiwick)")  # fmt: skip
    verbs = top.add_subparsers(dest="verb", required=True, metavar="COMMAND")
    each = {name: verbs.add_parser(name, help=text, description=text.capitalize() + ".") for name, text in COMMANDS.items()}
    for name in ("demo", "serve"):
        each[name].add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        each[name].add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine only)")
        each[name].add_argument("--workers", type=int, default=2)
    each["demo"].add_argument("--reset", action="store_true", help="build it anew: everything done in it is gone")
    each["demo"].add_argument("--build-only", action="store_true", help="do not serve it")
    _import_options(each["import"])
    _measure_options(each["measure"])
    each["doctor"].add_argument("--ledger", action="store_true", help="check every seal of the ledger against its entries")
    each["backup"].add_argument("file", type=Path)
    each["restore"].add_argument("file", type=Path)
    each["restore"].add_argument("--erased", type=Path, metavar="OLD", help="the old home, or its erased.jsonl: erase them again")
    for name in ("export", "admit"):
        each[name].add_argument("file", type=Path)
    for name in ("export", "digest"):
        each[name].add_argument("--network", required=True, metavar="SLUG")
    each["admit"].add_argument("--network", required=True, metavar="SLUG", help="what it is called here from now on")
    each["admit"].add_argument("--erased", type=Path, metavar="OLD", help="the old home, or its erased.jsonl: erase them again")
    each["admit"].add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")), help="the port that links name")
    each["erase"].add_argument("person", help="the id of the person")
    each["erase"].add_argument("--network", required=True)
    each["unlock"].add_argument("email", help="the address of the login")
    each["receive"].add_argument("address", nargs="?", default="", metavar="ADDRESS",
                                 help="whom it is for (default: as the mail server or the headers of the mail say)")  # fmt: skip
    _bench_options(each["bench"])
    for one in each.values():
        one.add_argument("--json", action="store_true", help="answer in JSON")
    return top


def _bench_options(one: argparse.ArgumentParser) -> None:
    one.add_argument("suite", choices=("house", "doors"))
    one.add_argument("--rows", type=int, default=100_000, help="doors: opportunities on both sides (default: 100000)")
    one.add_argument("--many", type=int, default=1_000_000, help="doors: accounts and as many opportunities of ours alone "
                     "under lists, search and saves (default: 1000000)")  # fmt: skip
    one.add_argument("--seconds", type=float, default=5, help="doors: how long each load is kept up (default: 5)")
    one.add_argument("--rival", action="store_true", default=os.environ.get("BAILIWICK_BENCH_RIVAL") == "1",
                     help="doors: fetch and measure the rival as well (default: $BAILIWICK_BENCH_RIVAL)")  # fmt: skip


def _import_options(one: argparse.ArgumentParser) -> None:
    one.add_argument("paths", nargs="*", type=Path, metavar="FILE", help="files, a folder of them, or a zip")
    one.add_argument("--network", required=True, metavar="SLUG", help="the network to join; made if there is none of that name")
    one.add_argument("--name", default="", help="the name of a new network (default: its slug)")
    one.add_argument("--source", default="", help="what the export is called, the same each time (default: the folder's name)")
    one.add_argument("--currency", default="", metavar="ISO", help="the currency of amounts that do not name theirs")
    one.add_argument("--mapping", type=Path, metavar="FILE", help="a mapping file to complete, or a completed one")
    one.add_argument("--rehearse", action="store_true", help="say what would happen, and change nothing")
    one.add_argument("--refused", type=Path, metavar="FILE", help="where refused rows go (default: SOURCE.refused.csv)")
    one.add_argument("--undo", default="", metavar="ID", help="undo the import of this id")
    one.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")), help="the port that the link names")


def _measure_options(one: argparse.ArgumentParser) -> None:
    one.add_argument("name", metavar="NAME", help="one of `bailiwick measures`")
    one.add_argument("--network", required=True, metavar="SLUG")
    one.add_argument(
        "--by", default="", metavar="DIMENSION", help="one figure for each manager, seller, unit, product, month ..."
    )
    one.add_argument("--period", default="", metavar="P", help="2026, 2026-Q4, 2026-11, 2026-W47 or 2026-10-01..2026-12-31")
    one.add_argument(
        "--where", action="append", default=[], metavar="K=V", help='only these cases: manager="Mia Berg", month=...'
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 refused, 2 needs an answer."""
    asked = parser().parse_args(argv)
    from bailiwick.kit.refusal import Refused

    try:
        module = {"import": "importing"}.get(asked.verb, asked.verb)  # no module can be called like the word of the language
        return int(import_module(f"bailiwick.cli.{module}").run(asked) or DONE)
    except Refused as no:
        return refuse(asked, str(no.sentence), str(no.remedy or ""))
    except KeyboardInterrupt:
        return 130
    except Exception as why:
        from bailiwick.store.refused import StoreRefused

        if isinstance(why, StoreRefused):
            return refuse(asked, str(why), "")
        from bailiwick.cli.trouble import as_refusal

        trouble = as_refusal(why)
        if trouble is None:
            raise
        return refuse(asked, str(trouble.sentence), str(trouble.remedy))


def refuse(asked: argparse.Namespace, sentence: str, remedy: str) -> int:
    """Say what was wrong and what to do, on standard error or as JSON."""
    if getattr(asked, "json", False):
        print(json.dumps({"refused": sentence, "remedy": remedy}))
    print(f"bailiwick: {sentence} {remedy}".strip(), file=sys.stderr)
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
