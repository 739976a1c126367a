"""What the doctor looks at: the home, and the store as far as it can be reached."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bailiwick.cli.surroundings import settled
from bailiwick.store.refused import StoreRefused

if TYPE_CHECKING:
    from bailiwick.store import Address


@dataclass(slots=True)
class Place:
    """A home. `away`: why its store cannot be had. `tables`: those of this release are there and Django is set up."""

    home: Path
    given: bool
    address: "Address | None" = None
    away: str = ""
    tables: bool = False
    server: str = ""


def found_at(home: Path) -> Place:
    """The home with its store settled, if that can be done. Nothing is migrated, and no home is made."""
    place = Place(home, given=bool(os.environ.get("DATABASE_URL")))
    if not home.is_dir():
        place.away = f"There is no home at {home}."
        return place
    try:
        place.address = settled(home)
    except (StoreRefused, OSError) as why:
        place.away = str(why).strip()
    except Exception as why:  # the driver's own: a server that answers and lets nobody in
        place.away = f"{type(why).__name__}: {why}".strip()
    return place
