"""Stage history: through which open steps a deal went, and when it entered each of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bailiwick.exchange.rules.rehearsing.cells import shown
from bailiwick.exchange.rules.rehearsing.outcomes import DECIDED
from bailiwick.exchange.rules.rehearsing.referring import references
from bailiwick.exchange.rules.rehearsing.sheets import Sheet
from bailiwick.exchange.rules.rehearsing.work import Work
from bailiwick.exchange.rules.targets import stage_among
from bailiwick.kit import say

TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*([ap])?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: the step (0 for an outcome), the day, the second of that day, and the instant as it was written."""

    step: int
    day: date | None
    second: int
    written: str
    at: tuple[Sheet, int]


def take_history(work: Work) -> None:
    """Deals hold their stays; of a history whose entries share one instant only the last step, without a day."""
    entries: dict[str, list[Entry]] = {}
    for sheet in work.of("stage"):
        for key, entry in _entries(work, sheet):
            entries.setdefault(key, []).append(entry)
    for sheet in work.of("opportunity"):
        for key, entry in _across(work, sheet):
            entries.setdefault(key, []).append(entry)
    timeless = _are_one({entry.written for told in entries.values() for entry in told}, sum(map(len, entries.values())))
    for key, told in entries.items():
        values = work.book("opportunity").drafts[key].values
        # Two steps may well be entered on one day; not in one second.
        written = {entry.written for entry in told}
        without_timing = timeless or (_are_one(written, len(told)) and bool(TIME.search(told[0].written)))
        values["stays"] = _stays(told, without_timing)
        if without_timing:
            for entry in told:
                work.note("history_without_timing", *entry.at)
        if values["outcome"] in DECIDED and values["stays"]:
            values["step"] = values["stays"][-1][0]


def _entries(work: Work, sheet: Sheet) -> list[tuple[str, Entry]]:
    places = {step: place for place, step in enumerate(work.mapping.steps, start=1)}
    texts = references(sheet, "stage.opportunity") or [""] * len(sheet)
    steps, days = sheet.values("stage.step"), sheet.values("stage.entered")
    written = sheet.texts.get("stage.entered") or [""] * len(sheet)
    found: list[tuple[str, Entry]] = []
    for place in sheet.live():
        deal = work.book("opportunity").find(texts[place]) if texts[place] else None
        step = places.get(steps[place], 0)
        if deal is None:
            sheet.refuse(place, say("There is no deal %(cell)s.", cell=shown(texts[place])))
        elif not step and work.mapping.outcomes.get(steps[place]) not in DECIDED:
            column = sheet.columns["stage.step"].column if sheet.has("stage.step") else "stage"
            sheet.refuse(place, say("%(column)s: %(cell)s is no known step.", column=column, cell=shown(steps[place])))
        else:
            sheet.keys[place] = deal.key
            found.append((deal.key, Entry(step, days[place], _second(written[place]), written[place], (sheet, place))))
    return found[::-1] if _newest_first(found) else found


def _across(work: Work, sheet: Sheet) -> list[tuple[str, Entry]]:
    """The entries that stand beside each other in the row of their deal; a stage without a day was not entered."""
    places = {step: place for place, step in enumerate(work.mapping.steps, start=1)}
    meant = {target: places.get(stage_among(stage, places), 0) for stage, target in sheet.stays().items()}
    columns = [(step, sheet.values(target), sheet.texts[target]) for target, step in meant.items() if step]
    return [
        (key, Entry(step, days[place], _second(written[place]), written[place], (sheet, place)))
        for step, days, written in sorted(columns, key=lambda column: column[0])
        for place in sheet.live()
        if days[place] and (key := sheet.keys[place])
    ]


def _newest_first(found: Sequence[tuple[str, Entry]]) -> bool:
    """Whether the rows of most deals run back in time: then rows of one day do so too."""
    last: dict[str, date] = {}
    forth = back = 0
    for key, entry in found:
        if entry.day:
            before = last.get(key, entry.day)
            forth, back = forth + (entry.day > before), back + (entry.day < before)
            last[key] = entry.day
    return back > forth


def _second(written: str) -> int:
    """The second of the day that a written instant says.

    >>> _second("2018-10-13 17:16:45"), _second("10/13/2018 5:16 PM"), _second("2018-10-13")
    (62205, 62160, 0)
    """
    match = TIME.search(written)
    if not match:
        return 0
    hour, minute, second, half = int(match[1]), int(match[2]), int(match[3] or 0), (match[4] or "").lower()
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    return (hour * 60 + minute) * 60 + second


def _are_one(written: set[str], entries: int) -> bool:
    return entries > 1 and len(written) == 1


def _stays(entries: Sequence[Entry], without_timing: bool) -> list[tuple[int, date | None]]:
    """The open steps in order; one entered twice in a row is one stay."""
    ordered = sorted(entries, key=lambda entry: (entry.day or date.min, entry.second))
    stays: list[tuple[int, date | None]] = []
    for entry in ordered:
        if entry.step and (not stays or stays[-1][0] != entry.step):
            stays.append((entry.step, entry.day))
    return [(stays[-1][0], None)] if without_timing and stays else stays
