"""What the cells of a row refer to: a record that is listed, one that the cell implies, or an id that leads nowhere."""

from collections.abc import Iterable, Sequence

from bailiwick.exchange.rules.rehearsing.book import BLANK, Book, Draft, Found
from bailiwick.exchange.rules.rehearsing.keys import domain, is_email, kept, looks_like_id
from bailiwick.exchange.rules.rehearsing.sheets import Sheet
from bailiwick.exchange.rules.rehearsing.work import Work
from bailiwick.exchange.rules.targets import TARGETS

# The reference that a table's columns about another kind belong to: `person.email` of a deal is its owner's.
ABOUT = {
    "account": {"person": "account.owner"},
    "contact": {"account": "contact.account"},
    "lead": {"person": "lead.owner"},
    "opportunity": {
        "person": "opportunity.owner",
        "account": "opportunity.account",
        "contact": "opportunity.contact",
        "product": "opportunity.product",
        "lead": "opportunity.lead",
    },
    "line": {
        "person": "opportunity.owner",
        "account": "opportunity.account",
        "contact": "opportunity.contact",
        "product": "line.product",
        "lead": "opportunity.lead",
    },
    "activity": {"person": "activity.owner", "account": "activity.account", "contact": "activity.contact"},
}
# Some systems write a nought where a row refers to nothing.
NOTHING = "0"
MARKS = ("key", "name", "email", "website", "code")


def names_of(sheet: Sheet, kind: str) -> list[str]:
    """The names in a table's columns about a kind; a first and a last name make one."""
    whole = sheet.values(f"{kind}.name")
    if f"{kind}.first_name" not in TARGETS:
        return whole
    parted = zip(whole, sheet.values(f"{kind}.first_name"), sheet.values(f"{kind}.last_name"), strict=True)
    return [name or f"{first} {last}".strip() for name, first, last in parted]


def references(sheet: Sheet, target: str) -> Sequence[str] | None:
    """What each row refers to, as it is written; None where no column says it."""
    if sheet.has(target):
        return sheet.values(target)
    refers = TARGETS[target].refers
    if ABOUT.get(sheet.kind, {}).get(refers) != target:
        return None
    marks = [f"{refers}.{short}" for short in MARKS if short != "name" and sheet.has(f"{refers}.{short}")]
    named = any(sheet.has(f"{refers}.{short}") for short in ("name", "first_name", "last_name"))
    columns = [sheet.values(mark) for mark in marks]
    if named:
        columns.insert(1 if f"{refers}.key" in marks else 0, names_of(sheet, refers))
    return [next(filter(None, row), "") for row in zip(*columns, strict=True)] if columns else None


def refer(
    work: Work, sheet: Sheet, target: str, rows: Iterable[int] | None = None, within: Sequence[str | None] = ()
) -> list[str | None]:
    """The keys of the records that rows refer to; `within` are the companies among whose contacts is looked first."""
    keys: list[str | None] = [None] * len(sheet)
    texts = references(sheet, target)
    if texts is None:
        return keys
    book = work.book(TARGETS[target].refers)
    known: dict[tuple[str, str | None], Found | str] = {}
    for place in sheet.live() if rows is None else rows:
        text = texts[place]
        if not text or (text == NOTHING and not book.find(text)):
            continue
        asked = (text, within[place] if within else None)
        found = known.get(asked)
        if found is None:
            found = known[asked] = (
                _seek(book, *asked) or _first_of(work, book, asked, sheet, place) or _missing(work, book, asked, sheet, place)
            )
        if isinstance(found, str):
            work.note(found, sheet, place)
            continue
        keys[place] = found.key
        if found.how:
            _tell(work, book, text, found, sheet, place)
    return keys


def _tell(work: Work, book: Book, text: str, found: Found, sheet: Sheet, place: int) -> None:
    work.note(found.how, sheet, place)
    if found.how == "spelling":
        draft = book.drafts[found.key]
        work.notes.pair(text, draft.values.get("name") or draft.text or draft.key)


def _seek(book: Book, text: str, within: str | None) -> Found | None:
    """The record that is there already. Namesakes at two companies are two contacts."""
    exact = book.named(text)
    keys = exact or book.alike(text)
    if book.kind != "contact" or text in book.drafts or not keys:
        return book.find(text)
    at = {key: book.drafts[key].values["account"] for key in keys}
    near = [key for key in keys if at[key] == within] or [key for key in keys if at[key] is None]
    listed = [key for key in keys if book.drafts[key].listed]
    if not near and within is not None and not listed:
        return None
    meant = near or listed or keys
    return Found(meant[0], "ambiguous_name" if len(meant) > 1 else "" if exact else "spelling")


def _first_of(work: Work, book: Book, asked: tuple[str, str | None], sheet: Sheet, place: int) -> Found | str | None:
    """The first of several in one cell, as systems write them that link a row to many; None for a cell of one."""
    text, within = asked
    parts = [part for part in (part.strip() for part in text.split(";")) if part]
    if len(parts) < 2:
        parts = [part for part in (part.strip() for part in text.split(",")) if part]
        if len(parts) < 2 or not all(book.find(part) or looks_like_id(part) for part in parts):
            return None
    known = (_seek(book, part, within) for part in parts)
    found = next(filter(None, known), None) or _missing(work, book, (parts[0], within), sheet, place)
    return Found(found.key, "several_in_one_cell") if isinstance(found, Found) else found


def _missing(work: Work, book: Book, asked: tuple[str, str | None], sheet: Sheet, place: int) -> Found | str:
    """A record that the row implies, or the name of what is told about an id that leads nowhere."""
    text, within = asked
    if book.kind == "opportunity" or book.is_missing_id(text):
        return "dangling_reference"
    if book.kind == "product" and work.of("product"):
        work.note("unknown_product", sheet, place)
    meant = book.same.get(text, text)
    own = book.kind == "contact" and within is not None and not is_email(text) and not looks_like_id(text)
    key = kept(f"{meant} · {within}") if own else meant
    if key in book.drafts:
        return Found(key)
    draft = book.add(Draft(book.kind, key, sheet.name, 0, dict(BLANK[book.kind]), meant, sheet.lines[place]))
    if own:
        draft.values["account"] = within
    if is_email(meant) and "email" in draft.values:
        draft.values["email"] = meant
    if book.kind == "account" and domain(meant):
        draft.values["website"] = meant
    book.index(draft)
    return Found(key, "" if meant == text else "spelling")
