"""Whether somebody is on course: what is reached against the time that has passed, and what luck alone would do."""

from enum import StrEnum
from math import sqrt

from bailiwick.kit import Sentence, say
from bailiwick.performance.rules.figures import Figure

LUCK = 1.645  # standard deviations: nine of ten in between
FEW = 5
HALF = 0.5


class Course(StrEnum):
    """How a target stands; `none` is the absence of one."""

    ON = "on"
    WATCH = "watch"
    OFF = "off"
    TOO_FEW = "too_few"
    NONE = "none"


# The worst first.
SEVERITY = {Course.OFF: 0, Course.WATCH: 1, Course.NONE: 2, Course.TOO_FEW: 3, Course.ON: 4}

SAID: dict[Course, Sentence] = {
    Course.ON: say("on course"),
    Course.WATCH: say("watch"),
    Course.OFF: say("off course"),
    Course.TOO_FEW: say("too few to tell"),
    Course.NONE: say("no target yet"),
}


def course(reached: float, *, square: float, n: int, target: float | None, elapsed: float) -> Course:
    """Where a sum stands on its way to `target` when the share `elapsed` of its time has passed.

    On course: it has reached what even progress asks. Behind, `square` (the sum of the squares of the `n` amounts) says how far
    luck alone would move such a sum (a compound Poisson sum has just this variance): behind by more is off course, by less is to
    be watched. Fewer than five deals say nothing in the first half of the time.

    >>> [course(x, square=100.0, n=9, target=100, elapsed=0.5).value for x in (55, 45, 20)]
    ['on', 'watch', 'off']
    >>> course(0, square=0, n=0, target=100, elapsed=0.1).value, course(0, square=0, n=0, target=100, elapsed=0.9).value
    ('too_few', 'off')
    """
    if not target:
        return Course.NONE
    even = target * elapsed
    if reached >= even:
        return Course.ON if n >= FEW or elapsed >= HALF or reached >= target else Course.TOO_FEW
    if n < FEW and elapsed < HALF:
        return Course.TOO_FEW
    return Course.OFF if reached + LUCK * sqrt(square) < even else Course.WATCH


def level(figure: Figure, target: float, *, less: bool) -> Course:
    """Where a figure that time does not add up (a rate, a median) stands against its target.

    On course: the value reaches it. Off course: the whole interval misses it. `less`: less is better.
    """
    if figure.enough and figure.value is None and figure.low is not None:  # "more than": no hit among many
        return Course.OFF if less and figure.low > target else Course.TOO_FEW
    if figure.value is None or not figure.enough:
        return Course.TOO_FEW
    value, low, high = float(figure.value), figure.low, figure.high
    if less:
        value, low, high, target = -value, None if high is None else -high, None if low is None else -low, -target
    if value >= target:
        return Course.ON
    return Course.OFF if high is not None and high < target else Course.WATCH


def below_peers(figure: Figure, whole: Figure) -> bool:
    """Whether even the pooled rate's interval lies under the rate of all peers together: more than luck explains."""
    return (
        figure.enough and whole.value is not None and figure.pooled_high is not None and figure.pooled_high < float(whole.value)
    )
