"""People: who is listed, who leads whom, and who is left out because they neither sell nor lead anybody who does."""

from collections.abc import Iterable
from typing import Any

from bailiwick.exchange.rules.rehearsing.book import Draft
from bailiwick.exchange.rules.rehearsing.listing import enlist, refer_and_describe
from bailiwick.exchange.rules.rehearsing.sheets import Sheet
from bailiwick.exchange.rules.rehearsing.work import Work
from bailiwick.kit import say

OWNED = ("account", "lead", "opportunity", "activity")


def take_people(work: Work) -> None:
    """Everybody listed, and everybody whom they name as their manager."""
    enlist(work, "person", _last_wins)
    refer_and_describe(work, "person", last_wins=True)


def _last_wins(work: Work, draft: Draft, values: dict[str, Any], sheet: Sheet, place: int) -> None:
    """Dated rows of one person: the last one holds; what it leaves open stands as it was."""
    draft.values.update({short: value for short, value in values.items() if value not in ("", None)})
    work.note("several_rows_one_person", sheet, place)


def open_rings(work: Work) -> None:
    """Nobody leads those who lead them: a ring is opened where it closes."""
    drafts = work.book("person").drafts
    safe: set[str] = set()
    for key, draft in drafts.items():
        chain: list[str] = []
        at: str | None = key
        while at is not None and at not in safe and at not in chain:
            chain.append(at)
            at = drafts[at].values["manager"]
        if at is not None and at in chain:
            drafts[chain[-1]].values["manager"] = None
            work.notes.add("ring_of_managers", draft.table, draft.line or draft.at)
        safe.update(chain)


def leave_out(work: Work) -> None:
    """Those marked as not selling are refused, unless they lead somebody who sells or own anything, or lead such."""
    if not any(sheet.has("person.sells") for sheet in work.of("person")):
        return
    drafts = work.book("person").drafts
    selling = [key for key, draft in drafts.items() if draft.listed and draft.values["sells"] is not False]
    staying = _with_leaders(drafts, [*selling, *_owners(work)])
    for key in [key for key in drafts if key not in staying]:
        for sheet, place in drafts.pop(key).rows:
            sheet.refuse(place, say("Sells nothing and leads nobody who does."))


def _owners(work: Work) -> Iterable[str]:
    for kind in OWNED:
        for draft in work.book(kind).drafts.values():
            yield from (draft.values[role] for role in ("owner", "developer") if draft.values.get(role))


def _with_leaders(drafts: dict[str, Draft], keys: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    for key in keys:
        at: str | None = key
        while at is not None and at not in seen:
            seen.add(at)
            at = drafts[at].values["manager"]
    return seen


def one_address_each(work: Work) -> None:
    """An e-mail address is one person's: those who name it after the first stand without one."""
    holders: dict[str, str] = {}
    for key, draft in work.book("person").drafts.items():
        email = draft.values["email"].casefold()
        if email and holders.setdefault(email, key) != key:
            draft.values["email"] = ""
            work.notes.add("shared_address", draft.table, draft.line or draft.at)
