"""What only shows when all deals are there: who shares companies, what is missing, whether anything was ever lost."""

from collections import defaultdict

from bailiwick.exchange.rules.rehearsing.book import Draft
from bailiwick.exchange.rules.rehearsing.work import Work


def judge(work: Work) -> None:
    """Everything is told that no single row shows."""
    _implied(work)
    _cells(work)
    deals = list(work.book("opportunity").drafts.values())
    _holders(work, deals)
    for deal in deals:
        _deal(work, deal)
    decided = [deal for deal in deals if deal.values["outcome"] != "open"]
    if decided and all(deal.values["outcome"] == "won" for deal in decided):
        for deal in decided:
            work.notes.add("no_losses", deal.table, deal.line)


def _implied(work: Work) -> None:
    listed = {sheet.kind for sheet in work.sheets}
    for kind in ("person", "account", "contact", "product", "lead"):
        for draft in work.book(kind).drafts.values():
            # With a table of products an unlisted one is told where it is named.
            if not draft.listed and not (kind == "product" and kind in listed):
                work.notes.add(f"implied.{kind}", draft.table, draft.at)


def _cells(work: Work) -> None:
    for sheet in work.sheets:
        for line in sheet.table.spoilt:
            if line.beside:
                work.notes.add("lines_beside", sheet.name, line.line)
        for column in sheet.missing:
            work.notes.add("column_missing", sheet.name, 1)
            work.notes.missing[column] = None
        for place in sorted(sheet.odd - sheet.refused.keys() - sheet.again):
            work.note("unreadable_contact_data", sheet, place)


def _deal(work: Work, deal: Draft) -> None:
    values, at = deal.values, (deal.table, deal.line)
    if values["account"] is None:
        work.notes.add("without_account", *at)
    if values["value"] is None and values["outcome"] in ("lost", "withdrawn"):
        work.notes.add("lost_without_value", *at)
    if values["lead"] and values["outcome"] == "won":
        met = work.book("lead").drafts[values["lead"]].values["entered"]
        if met and values["decided"] < met:
            work.notes.add("won_before_first_contact", *at)


def _holders(work: Work, deals: list[Draft]) -> None:
    holders: dict[str, set[str]] = defaultdict(set)
    for deal in deals:
        account, owner = deal.values["account"], deal.values["owner"]
        if account and owner and owner not in holders[account]:
            holders[account].add(owner)
            if len(holders[account]) == 2:
                work.notes.add("several_holders", deal.table, deal.line)
