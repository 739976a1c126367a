"""`bailiwick bench`: measurements beside a rival. They stand in the source, not in the installed product."""

import argparse
import json
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from bailiwick.cli import refuse

ROOT = Path(__file__).resolve().parents[3]


def run(asked: argparse.Namespace) -> int:
    """A suite is measured in a home of its own, whatever --home says; exit 0 also where a goal is missed."""
    if not (ROOT / "bench" / f"{asked.suite}.py").is_file():
        return refuse(asked, "The benchmarks are not part of an installed product.", "Run them in its source.")
    sys.path.insert(0, str(ROOT))
    figures = list(import_module(f"bench.{asked.suite}").run(_progress, asked))
    if asked.json:
        print(json.dumps([figure.plain() for figure in figures], indent=1))
    else:
        print(table(figures))
    return 0


def _progress(text: str) -> None:
    print(f"bench: {text}", file=sys.stderr, flush=True)


def table(figures: Sequence[Any]) -> str:
    """The figures for people, with a line below for what each was measured against and of what it consists."""
    head = ("", "value", "rival", "ratio", "goal", "")
    rows = [head, *(_row(figure.plain()) for figure in figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    told = [(figure.name, [part for part in (_beside(figure), figure.why, figure.note) if part]) for figure in figures]
    notes = [f"{name}: {'; '.join(parts)}" for name, parts in told if parts]
    missed = [figure.name for figure in figures if figure.holds is False]
    unjudged = [figure.name for figure in figures if figure.goal and figure.holds is None]
    ends = [f"{said}: {', '.join(names)}." for said, names in (("Missed", missed), ("Not compared", unjudged)) if names]
    return "\n".join([*lines, "", *notes, "", *(ends or ["Every goal is met."])])


def _row(plain: dict[str, Any]) -> tuple[str, ...]:
    said = {True: "holds", False: "MISSED", None: "not compared" if plain["goal"] else "stated"}[plain["holds"]]
    value, rival, ratio = (("" if plain[name] is None else f"{plain[name]:g}") for name in ("value", "rival_value", "ratio"))
    return plain["name"], f"{value} {plain['unit']}", rival, ratio, plain["goal"] or "", said


def _beside(figure: Any) -> str:
    return f"rival: {figure.rival}" if figure.rival else ""
