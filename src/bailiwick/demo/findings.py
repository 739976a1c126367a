"""What measures should find in the demo, computed from the truth: for tests, methods and whoever doubts a figure. Pure.

`skill` and `ease` as in the truth, shocks at 0, the closing season at its yearly mean. All figures are those of recorded
endings: a loss that nobody records stands in no measure of decided deals.
"""

from bailiwick.demo.truth import Truth

# A stay that would end on a weekend ends on Monday: two days later from Saturday, one from Sunday.
WEEKEND = 3 / 7


def goes_on(truth: Truth, place: int, *, skill: float = 0.0, ease: float = 0.0) -> float:
    """The chance that a stay in the step `place` (0 is the first) ends with going on, of all ends.

    >>> from bailiwick.demo.truth import truth_of
    >>> [round(goes_on(truth_of(), place), 2) for place in range(4)]
    [0.65, 0.7, 0.72, 0.8]
    """
    onward = truth.hazard(place, skill=skill, ease=ease)
    return onward / (onward + truth.steps[place].lost)


def conversion(truth: Truth, place: int, *, skill: float = 0.0, ease: float = 0.0) -> float:
    """Stage conversion: the share of the stays with a recorded end that went on."""
    on = goes_on(truth, place, skill=skill, ease=ease)
    return on / (on + (1 - on) * _kept(truth))


def reached(truth: Truth, place: int, *, skill: float = 0.0, ease: float = 0.0) -> float:
    """The chance that a new deal comes into the step `place`; that of a win for the place after the last step."""
    chance = 1.0
    for before in range(place):
        chance *= goes_on(truth, before, skill=skill, ease=ease)
    return chance


def win_rate(truth: Truth, *, skill: float = 0.0, ease: float = 0.0) -> float:
    """Win rate of decided deals."""
    won = reached(truth, len(truth.steps), skill=skill, ease=ease)
    return won / (won + (1 - won) * _kept(truth))


def days_to_win(truth: Truth, *, skill: float = 0.0, ease: float = 0.0) -> float:
    """The mean cycle of a won deal in days: what competes shortens every stay, whichever way it ends."""
    stays = (1 / (truth.hazard(place, skill=skill, ease=ease) + step.lost) for place, step in enumerate(truth.steps))
    return sum(stay + WEEKEND for stay in stays)


def appointments_per_close(truth: Truth, *, skill: float = 0.0, ease: float = 0.0) -> float:
    """Appointments (meetings and visits) on decided deals for each won one."""
    won = reached(truth, len(truth.steps), skill=skill, ease=ease)
    held = 0.0
    for place, step in enumerate(truth.steps):
        came = reached(truth, place, skill=skill, ease=ease)
        held += step.appointments * (won + (came - won) * _kept(truth))
    return held / won


def _kept(truth: Truth) -> float:
    """The share of losses that somebody records."""
    return 1 - truth.habits.unrecorded
