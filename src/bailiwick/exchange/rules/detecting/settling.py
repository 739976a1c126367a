"""What becomes of a fit once the kind is known: which day is which, and what a row says of the records it refers to."""

from bailiwick.exchange.rules.detecting.fitting import Fit, Seen, World
from bailiwick.exchange.rules.detecting.profile import empty
from bailiwick.exchange.rules.detecting.states import is_open
from bailiwick.exchange.rules.values.amounts import check_of

CLOSE, DECIDED, EXPECTED = "opportunity.close", "opportunity.decided", "opportunity.expected"
LEAD = "opportunity.lead"
REFERENCES = {
    "account": "opportunity.account",
    "person": "opportunity.owner",
    "contact": "opportunity.contact",
    "product": "opportunity.product",
}
TELLS = ("key", "name", "email", "website", "last_name")


def settled(seen: Seen, kind: str, fitted: Fit, world: World) -> Fit:
    """The fit as it goes into the mapping."""
    full = dict(fitted)
    if kind == "opportunity":
        _settle_leads(seen, full, world)
        if "opportunity.amount" in full:
            full.setdefault("opportunity.value", full["opportunity.amount"])
            if full["opportunity.value"] is full["opportunity.amount"]:
                del full["opportunity.amount"]
        _settle_days(seen, full)
    if kind in ("opportunity", "line"):
        _promote(full, kind)
    return full


def _settle_leads(seen: Seen, full: Fit, world: World) -> None:
    """Where nothing else tells the company and no table lists leads, whoever has several deals is one: some call it a lead."""
    lead = full.get(LEAD)
    told = {"opportunity.account", "account.name"} & full.keys()
    if lead is None or told or world.leads_to(lead, "lead") or lead.distinct == lead.filled:
        return
    full["opportunity.account"] = full.pop(LEAD)
    taken = {one.column for one in full.values()}
    names = [one for one in seen.profiles if {"lead", "name"} <= one.said and one.column not in taken]
    if names and "account.name" not in full:
        full["account.name"] = names[0]


def _settle_days(seen: Seen, full: Fit) -> None:
    """Nearly all systems have one close date: the decision of what is decided, the expectation of what is open."""
    staged = any(f"opportunity.{name}" in full for name in ("stage", "status", "won", "closed"))
    if not staged:
        if DECIDED not in full and CLOSE in full:
            full[DECIDED] = full.pop(CLOSE)
        return
    if CLOSE not in full:
        if DECIDED in full and EXPECTED not in full:
            full[CLOSE] = full.pop(DECIDED)
        elif EXPECTED in full and DECIDED not in full:
            full[CLOSE] = full.pop(EXPECTED)
    elif EXPECTED in full and DECIDED not in full and _only_decided(seen, full):
        full[DECIDED] = full.pop(CLOSE)
    elif DECIDED in full and EXPECTED not in full and "lost" not in full[CLOSE].said:
        full[EXPECTED] = full.pop(CLOSE)


def _only_decided(seen: Seen, full: Fit) -> bool:
    """Whether the close date stands at decided ones only."""
    days = seen.table.column(full[CLOSE].column)
    if "opportunity.stage" in full:
        open_ones = is_open(seen, full)
    else:
        check = full.get("opportunity.closed") or full["opportunity.won"]
        open_ones = [check_of(cell) is False for cell in seen.table.column(check.column)]
    standing = sum(1 for day, is_open in zip(days, open_ones, strict=True) if is_open and not empty(day))
    return any(open_ones) and standing <= 0.05 * sum(open_ones)


def _promote(full: Fit, kind: str) -> None:
    """A name that nothing else refers to is the reference itself: the company's name in a list of deals."""
    for about, reference in REFERENCES.items():
        target = "line.product" if kind == "line" and about == "product" else reference
        tells = [f"{about}.{name}" for name in TELLS if f"{about}.{name}" in full]
        if target not in full and tells:
            full[target] = full.pop(tells[0])
