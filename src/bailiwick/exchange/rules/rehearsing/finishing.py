"""The last touch: names and titles where none were given, and the records as they are handed over."""

from collections.abc import Iterable, Mapping
from datetime import date

from bailiwick.exchange.rules.records import Record
from bailiwick.exchange.rules.rehearsing.book import Book, Draft
from bailiwick.exchange.rules.rehearsing.keys import LONGEST, called, looks_like_id
from bailiwick.exchange.rules.rehearsing.work import Work


def name_all(work: Work) -> None:
    """Whoever and whatever has no name gets one that a person can read; deals are titled after what they are about."""
    for kind in ("person", "account", "contact", "lead", "product"):
        book = work.book(kind)
        for draft in book.drafts.values():
            draft.values["name"] = draft.values["name"] or _name(draft)
    _tell_products_apart(work.book("product"))
    for draft in work.book("opportunity").drafts.values():
        draft.values["title"] = draft.values["title"] or _title(work, draft)


def _name(draft: Draft) -> str:
    values = draft.values
    marks = (values.get("company"), values.get("email"), values.get("website"), values.get("code"))
    if draft.listed:
        return next((mark for mark in marks if mark), "") or called(draft.kind, draft.key)
    if draft.text and not looks_like_id(draft.text):
        return " ".join(draft.text.split())
    return values.get("email") or called(draft.kind, draft.key)


def _tell_products_apart(book: Book) -> None:
    """Products are told apart by name alone: two that only shortened ids name are named by the whole of them."""
    taken: dict[str, str] = {}
    for key, draft in book.drafts.items():
        name = draft.values["name"]
        if taken.setdefault(name, key) != key:
            draft.values["name"] = f"{name} ({key})"[:LONGEST]


def _title(work: Work, draft: Draft) -> str:
    products = {product for product, _, _ in draft.values["lines"]}
    account = draft.values["account"]
    if len(products) == 1:
        return str(work.book("product").drafts[products.pop()].values["name"])
    if account:
        return str(work.book("account").drafts[account].values["name"])
    return called("opportunity", draft.key) if looks_like_id(draft.key) and not draft.key.isdigit() else draft.key


def records_of(work: Work) -> Mapping[str, tuple[Record, ...]]:
    """The records by kind, each kind after those it refers to."""
    return {
        kind: tuple(Record(kind, draft.key, draft.table, draft.line, draft.values) for draft in book.drafts.values())
        for kind, book in work.books.items()
    }


def days_of(work: Work) -> tuple[date | None, date | None]:
    """The oldest and the newest day on which something happened, today at the latest."""
    days = {day for day in _days(work) if day is not None and day <= work.today}
    return (min(days), max(days)) if days else (None, None)


def _days(work: Work) -> Iterable[date | None]:
    for draft in work.book("opportunity").drafts.values():
        yield draft.values["entered"]
        yield draft.values["decided"]
        yield from (day for _, day in draft.values["stays"])
    yield from (draft.values["entered"] for draft in work.book("lead").drafts.values())
    yield from (draft.values["day"] for draft in work.book("activity").drafts.values())
