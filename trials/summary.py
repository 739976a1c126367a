"""Write docs/trials.md from what pytest recorded: `python -m trials.summary REPORT...`, JUnit files of the trial's parts.

A page of the last trial as it was: also of one that failed.
"""

import ast
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

from trials.homes import ROOT
from trials.steady import KEPT

PAGE = ROOT / "docs" / "trials.md"


@dataclass(frozen=True)
class Tried:
    """One test of the trial: where it stands, what it says, how it ended, how long it took, what it saw and asked."""

    module: str
    says: str
    outcome: str
    seconds: float
    figures: tuple[str, ...]
    sent: int = 0


def main(reports: list[str]) -> int:
    """Write the page; 1 when something failed, or nothing was tried."""
    tried = [one for report in reports for one in read(Path(report))]
    PAGE.write_text(page(tried, datetime.now(UTC)))
    return 0 if tried and all(one.outcome != "FAILED" for one in tried) else 1


def read(report: Path) -> Iterator[Tried]:
    """What a report of pytest holds; nothing when it was not written."""
    if not report.exists():
        return
    for case in ElementTree.parse(report).iter("testcase"):
        figures = [found.get("value", "") for found in case.iter("property") if found.get("name") == "figure"]
        seconds = float(case.get("time", 0))
        sent = sum(int(found.get("value", 0)) for found in case.iter("property") if found.get("name") == "sent")
        yield Tried(case.get("classname", ""), _says(case.get("name", "")), _outcome(case), seconds, tuple(figures), sent)


def _says(name: str) -> str:
    told, _, case = name.removeprefix("test_").partition("[")
    return told.replace("_", " ") + (f" ({case.rstrip(']')})" if case else "")


def _outcome(case: ElementTree.Element) -> str:
    found = {child.tag for child in case}
    return "FAILED" if found & {"failure", "error"} else "skipped" if "skipped" in found else "passed"


def page(tried: list[Tried], now: datetime) -> str:
    """The page as Markdown: one line of what it came to, the trials with their figures, the wider tests by file."""
    alone = [one for one in tried if one.module.startswith("trials.")]
    wider = [one for one in tried if not one.module.startswith("trials.")]
    counts = ", ".join(f"{sum(one.outcome == kind for one in tried)} {kind}" for kind in ("passed", "FAILED", "skipped"))
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    lines = [
        "# Trials",
        "",
        "What `make trial` tried and saw the last time; it writes this page itself.",
        "",
        f"{now:%Y-%m-%d %H:%M} UTC, commit {_commit()}, {machine}: **{counts}**, {_minutes(tried)} minutes of trying.",
        "",
        "## In homes of their own, with real processes",
    ]
    for module, ones in groupby(alone, lambda one: one.module):
        lines += ["", f"### {_about(module)}", "", f"`{module.replace('.', '/')}.py`", "", *map(_line, ones)]
    lines += _long_run()
    lines += ["", "## Every value at every door", "", "| file | passed | failed | skipped | seconds | questions sent |"]
    lines.append("|---|---|---|---|---|---|")
    for module, found in groupby(wider, lambda one: one.module):
        ones = list(found)
        numbers = [sum(one.outcome == kind for one in ones) for kind in ("passed", "FAILED", "skipped")]
        seconds, sent = sum(one.seconds for one in ones), sum(one.sent for one in ones)
        cells = [f"`{module.replace('.', '/')}.py`", *map(str, numbers), f"{seconds:.0f}", f"{sent:,}" if sent else ""]
        lines.append(f"| {' | '.join(cells)} |")
    if figures := [told for one in wider for told in one.figures]:
        lines += ["", *(f"- {told}" for told in figures)]
    return "\n".join(lines) + "\n"


def _long_run() -> list[str]:
    """The last long run of a hundred people at work, if one was kept: it takes longer than a trial."""
    if not KEPT.exists():
        return []
    told = json.loads(KEPT.read_text())
    minutes, made = told["seconds"] / 60, told["made"][:16].replace("T", " ")
    return [
        "",
        f"### The long run: {told['people']} people at work for {minutes:g} minutes, {told['deals']:,} opportunities",
        "",
        f"Last made on {made} UTC, commit {told['commit']}, {told['machine']}, load before it {told['load_before']};",
        "`python -m trials.steady --keep` makes it anew (30 minutes, a million opportunities, unless told otherwise).",
        "",
        f"- {told['requests']} requests, {told['a_second']} a second; errors: {told['errors']}; answers: {told['statuses']}",
        f"- {told['acknowledged']} acts acknowledged; lost: {told['lost']}; there twice: {told['twice']}",
        f"- median {told['p50_ms']} and 99th percentile {told['p99_ms']} ms by thirds; drift {told['p99_drift']:+.1%}",
        f"- memory without shared buffers {told['memory_mb']} MB at the beginning and end: {told['memory_growth']:+.1%}",
        f"- meanwhile: {', '.join(f'{act} in {took}' for act, took in sorted(told['beside'].items()))}",
    ]


def _line(one: Tried) -> str:
    mark = "" if one.outcome == "passed" else f"**{one.outcome}** "
    return "\n".join([f"- {mark}{one.says} ({one.seconds:.0f} s)", *(f"  - {told}" for told in one.figures)])


def _minutes(tried: list[Tried]) -> int:
    return round(sum(one.seconds for one in tried) / 60)


def _about(module: str) -> str:
    code = (ROOT / f"{module.replace('.', '/')}.py").read_text()
    return (ast.get_docstring(ast.parse(code)) or module).splitlines()[0].rstrip(".")


def _commit() -> str:
    asked = subprocess.run(["git", "log", "-1", "--format=%h"], cwd=ROOT, capture_output=True, text=True, check=False)
    return asked.stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
