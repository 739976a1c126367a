"""What works with the rows that are there, what needs a column more, and what needs weeks of use."""

from dataclasses import dataclass
from enum import StrEnum

from bailiwick.kit import Sentence, say, say_n

HISTORY_WEEKS = 8
ENOUGH_MOVES = 30  # deals that went from one step to another


class State(StrEnum):
    """Works now; needs something that no row has; needs time."""

    WORKS = "works"
    NEEDS = "needs"
    WAITS = "waits"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there are, and how many of them carry what pages need.

    `moved`: deals that went from one step to another; `outside`: people without a login, `mailed`: those of them with an
    address; `weeks`: since the first import.
    """

    open_deals: int = 0
    dated: int = 0
    valued: int = 0
    moved: int = 0
    accounts: int = 0
    contacted: int = 0
    with_contacts: int = 0
    products: int = 0
    listed: int = 0
    costed: int = 0
    outside: int = 0
    mailed: int = 0
    weeks: int = 0


@dataclass(frozen=True, slots=True)
class Ready:
    """One thing on one page (`page` is the name of its route), how it stands, in words, and why."""

    page: str
    what: Sentence
    state: State
    word: Sentence
    note: Sentence


NOTHING = Sentence("")
WORKS = say("works now")


def readiness(c: Counts) -> list[Ready]:
    """Every line, in the order in which people meet the pages."""
    deals, companies, products = say("open deals"), say("companies"), say("products")
    return [
        Ready("my_day", say("tasks, promises and the line that you type"), State.WORKS, WORKS, NOTHING),
        _of(
            c.dated, c.open_deals, deals, "my_day", say("deals about to lapse"), say("expected close"),
            say("No open deal states one: all are undated and nothing lapses."),
        ),
        _of(
            c.valued, c.open_deals, deals, "pipeline", say("open deals by step with their value"), say("value"),
            say("No open deal states one: steps show how many, not how much."),
        ),
        _history(c),
        Ready("accounts", say("cards, their deals and who calls there"), State.WORKS, WORKS, NOTHING),
        _of(
            c.contacted, c.accounts, companies, "accounts", say("the day of the last contact"), say("activities"),
            say("No call, meeting or mail came along: the last contact is unknown until one is logged."),
        ),
        _of(
            c.with_contacts, c.accounts, companies, "accounts", say("people at the company"), say("contacts"),
            say("None came along; they are entered on the card."),
        ),
        _of(
            c.listed, c.products, products, "opportunity", say("discount against list"), say("list price"),
            say("No product has one: a discount is what people state."),
        ),
        _of(
            c.costed, c.products, products, "opportunity", say("margin"), say("cost"),
            say("No product has one: there is no margin."),
        ),
        _signing_in(c),
    ]  # fmt: skip


def _of(have: int, of: int, things: Sentence, page: str, what: Sentence, column: Sentence, missing: Sentence) -> Ready:
    """A column that some rows carry: where none does it is needed, and where there is no row, rows are."""
    if have == 0:
        word = say("needs %(column)s", column=column if of else things)
        return Ready(page, what, State.NEEDS, word, missing if of else NOTHING)
    partly = say("known for %(have)s of %(all)s", have=have, all=of) if have < of else NOTHING
    return Ready(page, what, State.WORKS, WORKS, partly)


def _history(c: Counts) -> Ready:
    what = say("time in each step")
    if c.moved >= ENOUGH_MOVES:
        return Ready("pipeline", what, State.WORKS, WORKS, NOTHING)
    left = HISTORY_WEEKS - c.weeks
    if left > 0:
        word = say_n("about one week more", "about %(n)s weeks more", left)
        return Ready("pipeline", what, State.WAITS, word, say("Deals came with the step they are in, not with those before."))
    why = say("Hardly any deal was moved from one step to the next.")
    return Ready("pipeline", what, State.NEEDS, say("needs %(column)s", column=say("steps as they happen")), why)


def _signing_in(c: Counts) -> Ready:
    """Of those without a login: whether a mail could let them in."""
    what = say("signing in with the own address")
    if c.outside and not c.mailed:
        why = say("Nobody without a login has one: no mail can let them in. A link from the person's page can.")
        return Ready("people", what, State.NEEDS, say("needs %(column)s", column=say("e-mail address")), why)
    partly = say("known for %(have)s of %(all)s without a login", have=c.mailed, all=c.outside)
    return Ready("people", what, State.WORKS, WORKS, partly if c.mailed < c.outside else NOTHING)
