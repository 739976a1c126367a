"""Whether a row tells of a deal that is won, lost, withdrawn or open."""

from dataclasses import dataclass

from bailiwick.exchange.rules.mapping import Mapping

DECIDED = frozenset(("won", "lost", "withdrawn"))


@dataclass(frozen=True, slots=True)
class Signs:
    """What a row says of its outcome: the stage ("" where the cell is empty), two checks, and whether it has a day of decision.

    `staged` says whether there is a column of stages or states at all; `status` is what a second column says beside the stage.
    """

    stage: str = ""
    won: bool | None = None
    closed: bool | None = None
    day: bool = False
    staged: bool = False
    status: str = ""


def outcome_of(signs: Signs, mapping: Mapping) -> str:
    """won, lost, withdrawn or open; "" where nothing tells. Checks go before the status, the status before the stage; rows
    without any of them are orders.

    >>> outcome_of(Signs(stage="Signed", staged=True), Mapping("", outcomes={"Signed": "lost"})), outcome_of(Signs(), Mapping(""))
    ('lost', 'won')
    """
    said = mapping.outcomes.get(signs.status) or stage_outcome(signs.stage, mapping)
    if signs.won:
        return "won"
    if signs.closed is False:
        return "open"
    if signs.closed:
        return _closed(signs, said)
    if signs.won is False:
        return said if said not in ("", "won") else "lost" if signs.day else "open"
    if said or signs.stage or signs.status:
        return said
    return "open" if signs.staged else "won"


def stage_outcome(stage: str, mapping: Mapping) -> str:
    """What the stage says by itself, "" where that is unknown."""
    return mapping.outcomes.get(stage) or ("open" if stage in mapping.steps else "")


def _closed(signs: Signs, said: str) -> str:
    if signs.won is False:
        return said if said in ("lost", "withdrawn") else "lost"
    return said if said in DECIDED else "" if signs.stage else "won"
