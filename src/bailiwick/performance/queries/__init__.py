"""Figures for whoever asks: made of the rows in their sight, never of more."""

from bailiwick.performance.queries.cases import Cases, cases_behind
from bailiwick.performance.queries.figures import Answer, figures, today_of
from bailiwick.performance.queries.targets import Standing, standings, target, targets

__all__ = [
    "Answer",
    "Cases",
    "Standing",
    "cases_behind",
    "figures",
    "standings",
    "target",
    "targets",
    "today_of",
]
