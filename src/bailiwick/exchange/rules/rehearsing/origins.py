"""Where leads and deals come from, in one spelling: tables of one export write the same source in several."""

from collections import Counter, defaultdict

from bailiwick.exchange.rules.folding import folded
from bailiwick.exchange.rules.rehearsing.work import Work


def one_spelling_each(work: Work) -> None:
    """Sources that differ in case, accents, blanks or punctuation only are written as most rows write them."""
    drafts = [draft for kind in ("lead", "opportunity") for draft in work.book(kind).drafts.values() if draft.values["origin"]]
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for draft in drafts:
        written[folded(draft.values["origin"])][draft.values["origin"]] += 1
    usual = {fold: min(spelt, key=lambda one: (-spelt[one], one)) for fold, spelt in written.items() if fold}
    for draft in drafts:
        before = draft.values["origin"]
        meant = usual.get(folded(before), before)
        if before != meant:
            draft.values["origin"] = meant
            work.notes.add("spelling", draft.table, draft.line or draft.at)
            work.notes.pair(before, meant)
