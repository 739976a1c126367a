"""What runs here."""

import platform
from importlib.metadata import version

from bailiwick.cli.doctor.line import GOOD, Line
from bailiwick.cli.doctor.place import Place


def told(place: Place) -> list[Line]:
    """Product, Python, Django and PostgreSQL, to be named when somebody is asked for help."""
    server = f", PostgreSQL {place.server}" if place.server else ""
    python = platform.python_version()
    return [Line(GOOD, "versions", f"Bailiwick {version('bailiwick')}, Python {python}, Django {version('django')}{server}.")]
