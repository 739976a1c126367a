"""Every measure against the same question answered in plain Python, over histories that nobody wrote by hand.

Invariant 8 as far as there is money: sums to the cent, each currency by itself.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bailiwick.measures import MEASURES
from bailiwick.mirror import Cell, Question, ask
from bailiwick.tenancy.within import set_network
from tests.examples import examples
from tests.measures.worked import STEPS, Lived, live

AS_OF = date(2026, 6, 30)
SINCE, UNTIL = date(2026, 4, 1), date(2026, 6, 30)
DAYS = st.integers(0, 200).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
MAYBE = st.one_of(st.none(), DAYS)
Line = dict[str, Any]


@st.composite
def deals(draw: st.DrawFn) -> Line:
    outcome = draw(st.sampled_from(["won", "lost", "withdrawn", "open", "open"]))
    entered = draw(MAYBE)
    decided = (entered or date(2026, 3, 1)) + timedelta(days=draw(st.integers(0, 60))) if outcome != "open" else None
    furthest = draw(st.integers(1, len(STEPS)))
    start = entered or date(2026, 3, 1)
    return {
        "seller": draw(st.sampled_from(["Ann", "Bob", "Cas"])),
        "entered": entered,
        "outcome": outcome,
        "decided": decided,
        "value": draw(st.one_of(st.none(), st.integers(0, 10**6).map(Decimal))),
        "currency": draw(st.sampled_from(["EUR", "USD"])),
        "expected": draw(MAYBE) if outcome == "open" else None,
        "stale": outcome == "open" and draw(st.booleans()),
        "steps": [(STEPS[at], start + timedelta(days=at)) for at in range(furthest)],
    }


HISTORIES = st.lists(deals(), max_size=12)


def within_period(day: date | None) -> bool:
    return day is not None and SINCE <= day <= UNTIL


def lost(deal: Line) -> bool:
    return deal["outcome"] in ("lost", "withdrawn")


def written(history: Sequence[Line]) -> list[dict[str, str]]:
    """As the tables of the worked examples."""
    return [
        {
            "deal": f"D{at}", "seller": deal["seller"], "outcome": deal["outcome"], "currency": deal["currency"],
            "entered": deal["entered"].isoformat() if deal["entered"] else "",
            "decided": deal["decided"].isoformat() if deal["decided"] else "",
            "expected": deal["expected"].isoformat() if deal["expected"] else "",
            "value": str(deal["value"]) if deal["value"] is not None else "",
            "stale": "yes" if deal["stale"] else "",
            "steps": ", ".join(f"{name} {day}" for name, day in deal["steps"]),
        }
        for at, deal in enumerate(history)
    ]  # fmt: skip


def asked(name: str, lived: Lived, **more: Any) -> list[Cell]:
    return ask(MEASURES[name], Question(as_of=AS_OF, since=SINCE, until=UNTIL, **more), within=lived.by.scope)


@settings(
    max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(HISTORIES)
def test_every_measure_answers_what_counting_by_hand_gives(db: None, history: list[Line]) -> None:
    with transaction.atomic():
        lived = live({"deals": written(history)})
        set_network(lived.by.network)
        names = {str(person.pk): name for name, person in lived.people.items()}
        rates(lived, history, names)
        sums(lived, history)
        times(lived, history)
        steps(lived, history)
        transaction.set_rollback(True)  # every history is lived in a savepoint of its own


def rates(lived: Lived, history: Sequence[Line], names: dict[str, str]) -> None:
    for measure in ("win_rate", "win_rate_of_due"):
        wanted: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        for deal in history:
            aside = ""
            if deal["outcome"] == "open":
                undated, stale = deal["expected"] is None, deal["stale"]
                aside = " ".join([*["undated"] * undated, *["stale"] * stale])
                due = not aside and deal["expected"] < AS_OF
                if not aside and not (due and measure == "win_rate_of_due"):
                    continue
            if aside or within_period(deal["decided"] or deal["expected"]):
                counts = wanted[deal["seller"], aside]
                counts[0] += 1
                counts[1] += deal["outcome"] == "won"
        found = {(names[cell.keys[0]], cell.aside): [cell.n, cell.k] for cell in asked(measure, lived, by=("seller",))}
        assert found == dict(wanted), measure


def sums(lived: Lived, history: Sequence[Line]) -> None:
    for measure, counts in (("won_value", lambda deal: deal["outcome"] == "won"), ("lost_value", lost)):
        chosen = [deal for deal in history if counts(deal) and within_period(deal["decided"])]
        for cell in asked(measure, lived):
            own = [deal["value"] for deal in chosen if deal["currency"] == cell.currency]
            known = [value for value in own if value is not None]
            assert (cell.n, cell.unknown) == (len(own), len(own) - len(known)), measure
            assert (cell.amount or 0) == sum(known), measure
        assert sum(cell.n for cell in asked(measure, lived)) == len(chosen)
    held = [d for d in history if d["outcome"] == "open" and not d["stale"] and d["expected"] and d["expected"] >= AS_OF]
    assert sum(cell.n for cell in asked("pipeline_count", lived)) == sum(within_period(deal["expected"]) for deal in held)


def times(lived: Lived, history: Sequence[Line]) -> None:
    decided = [d for d in history if d["decided"] and d["entered"] and within_period(d["decided"])]
    wanted = Counter((d["decided"] - d["entered"]).days for d in decided)
    assert {int(cell.value or 0): cell.n for cell in asked("days_to_decision", lived)} == dict(wanted)
    ages = Counter(
        (((d["decided"] or AS_OF) - d["entered"]).days, "open" if d["outcome"] == "open" else "lost" if lost(d) else "won")
        for d in history
        if d["entered"] and within_period(d["entered"]) and (d["decided"] or AS_OF) >= d["entered"]
    )
    assert {(cell.days, cell.ending): cell.n for cell in asked("cycle_length", lived)} == dict(ages)


def steps(lived: Lived, history: Sequence[Line]) -> None:
    wanted: Counter[tuple[str, str]] = Counter()
    for deal in history:
        for at, (_, day) in enumerate(deal["steps"]):
            on = deal["outcome"] == "won" or at + 1 < len(deal["steps"])
            still = deal["outcome"] == "open" and not on
            if within_period(day):
                wanted["still" if still else "", "on" if on else "not"] += 1
    cells = asked("stage_conversion", lived)
    went = sum(cell.k for cell in cells if not cell.aside)
    settled = sum(cell.n for cell in cells if not cell.aside)
    assert went == wanted["", "on"]
    assert settled == wanted["", "on"] + wanted["", "not"]
    assert sum(cell.n for cell in cells if cell.aside == "still") == wanted["still", "not"]
