"""Small drawings of one figure, the same in every list: 170 by 22, all inside that box."""

from decimal import Decimal

from bailiwick.web.drawings.drawn import Drawn, Mark, known

WIDTH, MIDDLE, EDGE, TIP = 170, 11.0, 4.0, 1.0
FULL = 1.2
Number = float | Decimal | None
Scale = tuple[float, float]


def interval(value: Number, low: Number, high: Number, *, scale: Scale, tick: Number = None, said: str) -> Drawn:
    """A dot at the value, a bar from `low` to `high`, a tick at what it is held against, on a line over `scale`.

    Without a value there is only the line; without `low` and `high` only the dot (a count, a sum); where one of them is
    missing the interval is open ("more than 12"). What lies beyond the scale ends in an arrow at its edge. `said` is read aloud.
    """
    at, since, until, aim = known(value), known(low), known(high), known(tick)
    marks = [_track()]
    if at is not None and not (since is None and until is None):
        marks += _range(float("-inf") if since is None else since, float("inf") if until is None else until, scale)
    if at is not None and aim is not None:
        marks.append(_tick(_across(aim, scale)))
    if at is not None:
        marks.append(_dot(at, scale))
    return Drawn(said, tuple(marks))


def attainment(done: Number, elapsed: float, *, said: str) -> Drawn:
    """A bar of the share of a target that is reached, to 120%, a fine line at the target, a tick at the share of time passed."""
    scale, share = (0.0, FULL), known(done) or 0.0
    marks = [_track()]
    if share > 0:
        marks.append(Mark("reached", ((EDGE, MIDDLE), (_across(share, scale) - (4 if share > FULL else 0), MIDDLE))))
    if share > FULL:
        marks.append(_arrow("beyond", WIDTH - EDGE, 1))
    goal = _across(1.0, scale)
    marks += [Mark("goal", ((goal, 5.0), (goal, 17.0))), _tick(_across(elapsed, scale))]
    return Drawn(said, tuple(marks))


def _range(low: float, high: float, scale: Scale) -> list[Mark]:
    """The bar, with an arrow at each end of the scale that it goes beyond."""
    lowest, highest = scale
    since, until = _across(low, scale), _across(high, scale)
    marks = [Mark("range", ((since, MIDDLE), (until, MIDDLE)))]
    if low < lowest:
        marks.append(_arrow("open", EDGE, -1))
    if high > highest:
        marks.append(_arrow("open", WIDTH - EDGE, 1))
    return marks


def _dot(value: float, scale: Scale) -> Mark:
    lowest, highest = scale
    if value < lowest:
        return _arrow("beyond", EDGE, -1)
    if value > highest:
        return _arrow("beyond", WIDTH - EDGE, 1)
    return Mark("dot", ((_across(value, scale), MIDDLE),))


def _arrow(kind: str, at: float, way: int) -> Mark:
    """A triangle whose tip is as far out as the box allows."""
    base, tip = at - 5 * way, at + (EDGE - TIP) * way
    return Mark(kind, ((base, MIDDLE - 5), (tip, MIDDLE), (base, MIDDLE + 5)), area=True)


def _track() -> Mark:
    return Mark("track", ((EDGE, MIDDLE), (WIDTH - EDGE, MIDDLE)))


def _tick(at: float) -> Mark:
    return Mark("tick", ((at, 3.0), (at, 19.0)))


def _across(value: float, scale: Scale) -> float:
    """Where on the line; a scale without an extent has its only value in the middle."""
    lowest, highest = scale
    if highest <= lowest:
        return WIDTH / 2
    share = (min(max(value, lowest), highest) - lowest) / (highest - lowest)
    return round(EDGE + share * (WIDTH - 2 * EDGE), 1)
