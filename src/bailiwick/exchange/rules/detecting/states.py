"""Where two columns speak of a deal's state: the one that says won or lost is its status, the one with the steps its stage."""

from bailiwick.exchange.rules.detecting.fitting import UNTELLING, Fit, Seen, silent
from bailiwick.exchange.rules.detecting.outcomes import outcome_of, telling
from bailiwick.exchange.rules.detecting.profile import Profile, empty
from bailiwick.exchange.rules.values.amounts import check_of

STAGE, STATUS = "opportunity.stage", "opportunity.status"
MOST_STATES = 100
DECIDED = frozenset(("won", "lost", "withdrawn"))
# What the header of a column of states may say; anything else makes it the state of something else (an invoice, a contract).
OF_STATES = frozenset(("stage", "status", "won", "lost", "opportunity", "sales", "name", "pipeline", "close", "flag", "kind"))
STEPS = frozenset(("stage", "status", "pipeline"))
RUNNING = frozenset(("active", "archived"))
# Targets that a column of states gives up for it.
YIELDING = frozenset(("opportunity.pipeline", "opportunity.place", "opportunity.product", "opportunity.won"))
AGREED = 0.8
LEAST = 0.3  # of the deals are decided, before a column of states can say so


def ends(profile: Profile) -> frozenset[str]:
    """The values that say that a deal is decided."""
    few = profile.distinct <= MOST_STATES
    return frozenset(value for value in profile.counts if outcome_of(value) in DECIDED) if few else frozenset()


def with_status(seen: Seen, fitted: Fit) -> Fit:
    """The fit with both columns where a table has two; as it was where one says everything."""
    stage = fitted.get(STAGE)
    if stage is None or STATUS in fitted or not seen.table.headed:
        return fitted
    taken = {one.column for target, one in fitted.items() if target not in YIELDING}
    others = sorted((one for one in seen.profiles if one.column not in taken), key=lambda one: one.column)
    decided, full = ends(stage), dict(fitted)
    if decided and stage.distinct - len(decided) <= 1:
        if steps := max((one for one in others if _has_steps(one)), key=_steps, default=None):
            full[STATUS], full[STAGE] = stage, steps
    else:
        saying = [one for one in others if _says(one) and (not decided or _agree(seen, stage, one))]
        if saying or (saying := [one for one in others if not decided_lost(decided) and _is_running(one)]):
            full[STATUS] = max(saying, key=lambda one: (one.mass(ends(one)), one.column))
    told = {full[target].column for target in (STAGE, STATUS) if target in full}
    return {target: one for target, one in full.items() if target in (STAGE, STATUS) or one.column not in told}


def decided_lost(values: frozenset[str]) -> bool:
    """Whether somebody's losing is among the values."""
    return any(outcome_of(value) == "lost" for value in values)


def _has_steps(one: Profile) -> bool:
    if one.shape not in ("text", "name", "code", "check") or not 0 < one.distinct <= MOST_STATES:
        return False
    if silent(one):
        return one.distinct - len(ends(one)) > 1 and one.mass(telling(one.counts)) > 0.6
    return bool(one.said & STEPS) and one.said <= OF_STATES | UNTELLING and one.distinct > len(ends(one))


def _steps(one: Profile) -> tuple[bool, float, int, str]:
    return "stage" in one.said, one.mass(telling(one.counts)), one.distinct, one.column


def _says(one: Profile) -> bool:
    known = one.said & {"status", "stage", "won", "lost"} and one.said <= OF_STATES
    return bool(known or silent(one)) and one.shape != "check" and one.distinct <= 10 and one.mass(ends(one)) >= LEAST


def _agree(seen: Seen, stage: Profile, other: Profile) -> bool:
    """Whether both say the same of nearly all deals that both call decided."""
    pairs = zip(seen.table.column(stage.column), seen.table.column(other.column), strict=True)
    both = [(outcome_of(one), outcome_of(two)) for one, two in set(pairs)]
    told = [one == two for one, two in both if one in DECIDED and two in DECIDED]
    return bool(told) and sum(told) >= AGREED * len(told)


def _is_running(one: Profile) -> bool:
    """A mark of deals that are alive: what was lost is put away. Odoo has no stage for it."""
    return one.shape == "check" and one.distinct == 2 and bool(one.said & RUNNING) and one.said <= RUNNING | {"flag"}


def put_away(profile: Profile) -> frozenset[str]:
    """The values of such a mark under which deals are put away."""
    gone = "archived" in profile.said
    return frozenset(value for value in profile.counts if check_of(value) is gone) if _is_running(profile) else frozenset()


def is_open(seen: Seen, fitted: Fit) -> list[bool]:
    """Row by row whether nothing says that the deal is decided."""
    columns = [seen.table.column(fitted[target].column) for target in (STATUS, STAGE) if target in fitted]
    gone = put_away(fitted[STATUS]) if STATUS in fitted else frozenset()
    known = {cell: cell.strip() not in gone and outcome_of(cell) in ("open", "") for column in columns for cell in set(column)}
    first = columns[0]
    if len(columns) == 1:
        return [known[cell] for cell in first]
    blind = {cell for cell in set(first) if empty(cell) or check_of(cell) is not None}
    return [known[one] and (one not in blind or known[two]) for one, two in zip(*columns, strict=True)]
