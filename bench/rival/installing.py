"""The rival's packages in a venv of its own, in the user's cache, where the next run finds them again."""

import os
import subprocess
import sys
from pathlib import Path

from bench.home import Say
from bench.rival import RIVAL

WANTED = ("trytond[postgresql]==8.2.*", "trytond_party==8.2.*", "trytond_sale_opportunity==8.2.*", "psycopg[binary]", "granian")
WITHIN = 300.0  # seconds


class NotThere(Exception):
    """The rival cannot be had here; says why."""


def installed(say: Say) -> Path:
    """The Python of the rival. Where the packages cannot be had it raises NotThere."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    place = cache / "bailiwick-bench" / RIVAL.lower().replace(" ", "-")
    python, whole = place / "bin" / "python", place / "whole"
    if whole.is_file() and whole.read_text() == "\n".join(WANTED):
        return python
    say(f"installing {RIVAL} into {place}")
    whole.unlink(missing_ok=True)
    _run(sys.executable, "-m", "venv", "--clear", str(place))
    _run(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *WANTED)
    whole.write_text("\n".join(WANTED))
    return python


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=WITHIN, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as why:
        raise NotThere(f"{RIVAL} could not be installed: {why}") from None
    if done.returncode:
        last = [line for line in done.stderr.splitlines() if line.strip()][-1:] or ["no reason given"]
        raise NotThere(f"{RIVAL} could not be installed: {last[0]}")
