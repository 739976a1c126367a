"""Contacts stand on the cards of companies: whoever is of none is left out, and told."""

from bailiwick.exchange.rules.rehearsing.work import Work
from bailiwick.kit import say

NAMING = ("opportunity", "activity")


def leave_contacts_out(work: Work) -> None:
    """Rows of contacts without a company are refused; whom other rows name without one is counted. Nothing refers to them."""
    book = work.book("contact")
    homeless = {key: draft for key, draft in book.drafts.items() if draft.values["account"] is None}
    if not homeless:
        return
    for key, draft in homeless.items():
        del book.drafts[key]
        if not draft.listed:
            work.notes.add("contact_without_company", draft.table, draft.at)
        for sheet, place in draft.rows:
            sheet.refuse(place, say("It names no company: a contact stands on a company's card."))
    for kind in NAMING:
        for one in work.book(kind).drafts.values():
            if one.values["contact"] in homeless:
                one.values["contact"] = None
