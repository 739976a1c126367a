"""What a home knows of its newest backup: a small file, for whoever asks how old it is."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

NOTE = "backup.json"


def note(home: Path, made: Path, now: datetime) -> None:
    """The home knows of its newest backup."""
    text = json.dumps({"file": str(made), "bytes": made.stat().st_size, "at": now.isoformat()})
    part = home / f".{NOTE}.part"
    part.write_text(text + "\n")
    part.rename(home / NOTE)


def noted(home: Path) -> dict[str, Any] | None:
    """The newest backup of this home, as noted; None where none was made."""
    try:
        return dict(json.loads((home / NOTE).read_text()))
    except FileNotFoundError:
        return None
