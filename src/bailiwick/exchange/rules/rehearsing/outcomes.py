"""Whether a row tells of a deal that is won, lost, withdrawn or open."""

from dataclasses import dataclass

from bailiwick.exchange.rules.mapping import Mapping

DECIDED = frozenset(("won", "lost", "withdrawn"))


@dataclass(frozen=True, slots=True)
class Signs:
    """What a row says of its outcome: the stage ("" where the cell is empty), two checks, and whether it has a day of decision.

    `staged` says whether there is a stage column at all.
    """

    stage: str = ""
    won: bool | None = None
    closed: bool | None = None
    day: bool = False
    staged: bool = False


def outcome_of(signs: Signs, mapping: Mapping) -> str:
    """won, lost, withdrawn or open; "" where nothing tells. Checks go before the stage; rows without either are orders.

    >>> outcome_of(Signs(stage="Signed", staged=True), Mapping("", outcomes={"Signed": "lost"})), outcome_of(Signs(), Mapping(""))
    ('lost', 'won')
    """
    said = mapping.outcomes.get(signs.stage) or ("open" if signs.stage in mapping.steps else "")
    if signs.won:
        return "won"
    if signs.closed is False:
        return "open"
    if signs.closed:
        return _closed(signs, said)
    if signs.won is False:
        return said if said not in ("", "won") else "lost" if signs.day else "open"
    if said or signs.stage:
        return said
    return "open" if signs.staged else "won"


def _closed(signs: Signs, said: str) -> str:
    if signs.won is False:
        return said if said in ("lost", "withdrawn") else "lost"
    return said if said in DECIDED else "" if signs.stage else "won"
