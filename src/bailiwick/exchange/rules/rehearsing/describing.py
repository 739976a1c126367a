"""What a row says of the records that it refers to: the city of a deal's company, the manager of its seller."""

from collections.abc import Sequence
from typing import Any

from bailiwick.exchange.rules.rehearsing.book import BLANK, Draft
from bailiwick.exchange.rules.rehearsing.referring import ABOUT, names_of, refer
from bailiwick.exchange.rules.rehearsing.sheets import Sheet
from bailiwick.exchange.rules.rehearsing.work import Work
from bailiwick.exchange.rules.targets import TARGETS, Shape

PARTED = frozenset(("first_name", "last_name"))


def describe(work: Work, sheet: Sheet, kind: str, keys: Sequence[str | None], rows: Sequence[int] | None = None) -> None:
    """The records of `keys` take what the rows say of them; what they say already stands, and a contradiction is told."""
    columns = _columns(work, sheet, kind, rows)
    if not columns:
        return
    book, names = work.book(kind), list(columns)
    said = list(zip(*columns.values(), strict=True))
    told: dict[tuple[str, tuple[Any, ...]], bool] = {}
    for place in sheet.live() if rows is None else rows:
        key = keys[place]
        if key is None:
            continue
        asked = (key, said[place])
        if asked not in told:
            draft = book.drafts[key]
            told[asked] = fill(draft, dict(zip(names, said[place], strict=True)))
            book.index(draft)
        if told[asked]:
            work.note("contradicting_rows", sheet, place)


def describe_all(work: Work, sheet: Sheet, keys: dict[str, list[str | None]], rows: Sequence[int] | None = None) -> None:
    """The records behind each reference of the table are described; `keys` by the name of the reference."""
    for kind, target in ABOUT.get(sheet.kind, {}).items():
        if target in keys:
            describe(work, sheet, kind, keys[target], rows)


def fill(draft: Draft, said: dict[str, Any]) -> bool:
    """What is not known yet is taken; True where something contradicts what is."""
    against = False
    for short, value in said.items():
        if value in ("", None):
            continue
        if draft.values[short] in ("", None):
            draft.values[short] = value
        elif draft.values[short] != value:
            against = True
    return against


def _columns(work: Work, sheet: Sheet, kind: str, rows: Sequence[int] | None) -> dict[str, Sequence[Any]]:
    if kind == sheet.kind:
        return {}
    known = BLANK[kind]
    columns: dict[str, Sequence[Any]] = {}
    for target in sheet.columns:
        short = target.split(".", 1)[1]
        if not target.startswith(f"{kind}."):
            continue
        if short == "name" or short in PARTED:
            columns["name"] = names_of(sheet, kind)
        elif short in known and TARGETS[target].shape is Shape.REFERENCE:
            columns[short] = refer(work, sheet, target, rows)
        elif short in known:
            columns[short] = sheet.values(target)
    return columns
