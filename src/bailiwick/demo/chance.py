"""Chance that repeats itself: one source for each part, so that a change in one part leaves the others as they were."""

from random import Random


def source(seed: int, part: str) -> Random:
    """The source of `part` under `seed`; it draws demonstration data, never secrets."""
    return Random(f"{seed}/{part}")  # noqa: S311
