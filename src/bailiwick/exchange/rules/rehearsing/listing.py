"""Rows that list records: people, companies, contacts, products, leads. One row one record, unless a row before said it."""

from collections.abc import Callable, Sequence
from typing import Any

from bailiwick.exchange.rules.rehearsing.book import BLANK, Book, Draft
from bailiwick.exchange.rules.rehearsing.describing import describe_all, fill
from bailiwick.exchange.rules.rehearsing.keys import Occurrences, kept, loose
from bailiwick.exchange.rules.rehearsing.referring import ABOUT, names_of, refer
from bailiwick.exchange.rules.rehearsing.sheets import Sheet
from bailiwick.exchange.rules.rehearsing.work import Work
from bailiwick.exchange.rules.targets import TARGETS, Shape
from bailiwick.kit import say

# What tells rows apart that have no key: the parts of the first line of which anything is there.
TELLING: dict[str, tuple[tuple[str, ...], ...]] = {
    "person": (("name",), ("email",)),
    "account": (("name",), ("website",)),
    "contact": (("name", "account", "email"),),
    "product": (("name",), ("code",)),
    "lead": (("name", "company", "email", "entered"),),
}
JUDGED = frozenset(("lead.closed",))  # what is told by more than its cell
NO_MARKS = frozenset(("account", "entered"))  # with nothing beside them they tell nobody apart
Values = dict[str, Any]
Meet = Callable[[Work, Draft, Values, Sheet, int], None]


def enlist(work: Work, kind: str, meet: Meet, same: Callable[[Book, str, Values], str] = lambda book, key, values: key) -> None:
    """The rows of a kind become records.

    `meet` says what happens where a record of that key is there already, `same` which record a new key means.
    """
    book = work.book(kind)
    seen: dict[str, set[tuple[Sequence[str], tuple[str, ...]]]] = {}
    occurrences = Occurrences()
    for sheet in work.of(kind):
        keys, said = _keys(book, sheet, occurrences), sheet.said()
        shorts, columns = _columns(sheet, kind)
        rows, names = list(zip(*columns, strict=True)), tuple(sorted(sheet.columns))
        for place in sheet.live():
            if keys[place] is None:
                sheet.refuse(place, say("Nothing here says whom or what the row is about."))
                continue
            values = BLANK[kind] | dict(zip(shorts, rows[place], strict=True))
            key = sheet.keys[place] = same(book, keys[place] or "", values)
            draft = book.drafts.get(key)
            if draft is None:
                seen[key] = set()
                draft = book.add(Draft(kind, key, sheet.name, sheet.lines[place], values))
            elif (names, said[place]) in seen[key]:
                sheet.again.add(place)
            else:
                meet(work, draft, values, sheet, place)
            seen[key].add((names, said[place]))
            draft.rows.append((sheet, place))
            book.index(draft)


def refer_and_describe(work: Work, kind: str, last_wins: bool = False) -> None:
    """The references of the listed records lead to records, and those take what the rows say of them."""
    drafts = work.book(kind).drafts
    targets = [name for name, target in TARGETS.items() if target.kind == kind and target.shape is Shape.REFERENCE]
    for sheet in work.of(kind):
        keys = {target: refer(work, sheet, target) for target in targets}
        for target in targets:
            short = target.split(".", 1)[1]
            for place in sheet.live():
                draft, key = drafts[sheet.keys[place] or ""], keys[target][place]
                if key is None or key == draft.key:  # who leads all leads nobody but themselves
                    continue
                if draft.values[short] is None or last_wins:
                    draft.values[short] = key
                elif draft.values[short] != key:
                    work.note("contradicting_rows", sheet, place)
        describe_all(work, sheet, {target: keys[target] for target in ABOUT.get(kind, {}).values()})


def first_wins(work: Work, draft: Draft, values: Values, sheet: Sheet, place: int) -> None:
    """What a later row says besides is taken; where it contradicts, the first stands."""
    if fill(draft, values):
        work.note("contradicting_rows", sheet, place)


def _columns(sheet: Sheet, kind: str) -> tuple[list[str], list[Sequence[Any]]]:
    told = [short for short in BLANK[kind] if f"{kind}.{short}" in TARGETS and f"{kind}.{short}" not in JUDGED]
    shorts = [short for short in told if TARGETS[f"{kind}.{short}"].shape is not Shape.REFERENCE]
    return shorts, [names_of(sheet, kind) if short == "name" else sheet.values(f"{kind}.{short}") for short in shorts]


def _keys(book: Book, sheet: Sheet, occurrences: Occurrences) -> list[str | None]:
    """The key of each row: its own, else what tells it apart as it was first written, None where nothing does."""
    kind, said = book.kind, sheet.said()
    lines = [[(short, _told(sheet, kind, short)) for short in shorts] for shorts in TELLING[kind]]
    names = sorted(sheet.columns)
    keys: list[str | None] = []
    for place, own in enumerate(sheet.values(f"{kind}.key")):
        if own or place in sheet.refused:
            keys.append(own)
            continue
        marks = [[(short, column[place]) for short, column in line if column[place]] for line in lines]
        told = next((mark for mark in marks if any(short not in NO_MARKS for short, _ in mark)), None)
        if told:
            text = " · ".join(text for _, text in told)
            keys.append(kept(book.loose.setdefault(loose(text), text)))
        else:
            keys.append(occurrences.key(names, said[place]) if kind == "lead" and any(said[place]) else None)
    return keys


def _told(sheet: Sheet, kind: str, short: str) -> list[str]:
    if short == "name":
        return names_of(sheet, kind)
    return sheet.texts.get(f"{kind}.{short}") or [""] * len(sheet)
