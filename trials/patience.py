"""How long is long: a bound in seconds holds on a machine that has nothing else to do."""

import os


def bound(seconds: float) -> float:
    """`seconds`, stretched where more processes want to run than there are processors."""
    return seconds * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
