"""Weekday names: "Friday", "next Friday", "letzten Freitag", "Fri 27 Nov"."""

from bailiwick.pipeline.rules.line.almanac import monday, shifted, weekday_after, weekday_before
from bailiwick.pipeline.rules.line.daynames import DOUBTFUL, SHORT_GERMAN, WEEKDAYS, WHICH
from bailiwick.pipeline.rules.line.daynumbers import Asked, Both, day_and_month, numeric
from bailiwick.pipeline.rules.line.words import longest, phrases

BETWEEN = frozenset((".", ",", "the", "den", "der", "dem"))
WEEKS_ON = {"next": 1, "week before": -1}
WEEKS_AFTER = phrases({"next": "next week|of next week|nächster woche|nächste woche", "week before": "last week|letzter woche"})


def weekday(asked: Asked, at: int, led: bool) -> tuple[int, Both] | None:
    """A weekday, with the date after it where one stands there: then the date decides."""
    which = longest(asked.line, at, WHICH)
    name = which[0] if which else at
    key = asked.line.key(name)
    number = WEEKDAYS.get(key, SHORT_GERMAN.get(key))
    if number is None:
        return None
    dated = _date_after(asked, name + 1)
    sure = key not in DOUBTFUL or bool(dated) or (asked.line.words[name].capital and (led or which is not None))
    if not sure and not (key in WEEKDAYS and (led or which is not None or _capital_inside(asked, name))):
        return None
    week = None if which else longest(asked.line, name + 1, WEEKS_AFTER)
    return dated or (week[0] if week else name + 1, _meant(asked, number, (which or week or (0, ""))[1]))


def _capital_inside(asked: Asked, at: int) -> bool:
    return at > 0 and asked.line.words[at].capital


def _date_after(asked: Asked, at: int) -> tuple[int, Both] | None:
    for after in range(at, at + 3):
        found = numeric(asked, after, True) or day_and_month(asked, after, True)
        if found is not None:
            return found
        if asked.line.key(after) not in BETWEEN:
            return None
    return None


def _meant(asked: Asked, number: int, which: str) -> Both:
    """Ahead the next such day after today, behind the last before it; "next" is the week after this one."""
    ahead, back = weekday_after(asked.today, number), weekday_before(asked.today, number)
    if which in WEEKS_ON:
        start = monday(asked.today, WEEKS_ON[which])
        day = shifted(start, number) if start else None
        return day, day
    if which == "last":
        return back, back
    return (ahead, ahead) if which == "coming" else (ahead, back)
