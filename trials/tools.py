"""The tools that read and attack the product from outside: each list of them in a venv of its own, made by `make trial`."""

import os
import subprocess
from pathlib import Path

import pytest

from trials.homes import ROOT

BESIDE = ROOT / ".venv"


def tool(group: str, name: str) -> Path:
    """The program of this name; the trial is skipped where nobody has made the venv."""
    program = BESIDE / group / "bin" / name
    if not program.exists():
        pytest.skip(f"{name} is not there: make .venv/{group}/made")
    return program


def run(program: Path, *arguments: object, home: Path, timeout: float = 600) -> "subprocess.CompletedProcess[str]":
    """What it said. It keeps what it wants to keep in `home` and asks no other service of the internet about itself."""
    around = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "BAILIWICK_", "DJANGO_"))}
    around |= {"HOME": str(home), "XDG_CACHE_HOME": str(home), "XDG_CONFIG_HOME": str(home), "PYTHONWARNINGS": "ignore"}
    command = [str(program), *map(str, arguments)]
    return subprocess.run(command, env=around, cwd=ROOT, capture_output=True, text=True, timeout=timeout, check=False)
