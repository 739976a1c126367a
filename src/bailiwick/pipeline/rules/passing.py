"""Which steps a deal went through since it was seen last. Pure."""

from collections.abc import Hashable, Sequence
from datetime import date
from typing import TypeVar

S = TypeVar("S", bound=Hashable)


def passed(
    stay: tuple[S, date | None] | None, told: Sequence[tuple[S, date | None]], now: tuple[S, date] | None, newest: date | None
) -> list[tuple[S, date]]:
    """The stays that began since, in order: each in another step than the one before, none before the newest day known.

    `stay` is the step in which it stood and since when, None where it was decided; `told` the steps with days as its source
    tells them; `now` the step in which it stands and the day on which that was seen, None where it is decided by now.

    >>> day = lambda n: date(2026, 11, n)
    >>> passed(("new", day(1)), [], ("offer", day(9)), day(1)) == [("offer", day(9))]
    True
    >>> told = [("new", day(1)), ("visit", day(4)), ("offer", day(6))]
    >>> passed(("new", day(1)), told, ("offer", day(9)), day(1)) == [("visit", day(4)), ("offer", day(6))]
    True
    >>> passed(("offer", day(6)), told, ("offer", day(9)), day(6)), passed(("offer", day(6)), told, None, day(6))
    ([], [])
    >>> passed(None, told, ("new", day(9)), day(12)) == [("new", day(12))]
    True
    """
    found: list[tuple[S, date]] = []
    step, least = (stay[0] if stay else None), newest
    for name, entered in _since(stay, told) if stay else ():
        if entered is not None and name != step and (least is None or entered >= least):
            found.append((name, entered))
            step, least = name, entered
    if now is not None and now[0] != step:
        found.append((now[0], max(now[1], least) if least else now[1]))
    return found


def _since(stay: tuple[S, date | None], told: Sequence[tuple[S, date | None]]) -> Sequence[tuple[S, date | None]]:
    """What is told of after the stay; by days alone where it is not among it."""
    same = [
        place
        for place, (step, entered) in enumerate(told)
        if step == stay[0] and (entered is None or stay[1] is None or entered <= stay[1])
    ]
    if same:
        return told[same[-1] + 1 :]
    return [(step, entered) for step, entered in told if entered and (stay[1] is None or entered > stay[1])]
