"""Stage history that stands in columns, as HubSpot exports it. The rows are invented here: no such file is at hand."""

import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from bailiwick.exchange.rules.mapping_file import from_json, to_json
from bailiwick.exchange.rules.rehearsing import rehearse
from tests.exchange.unknown import TODAY, Seen, given

STEPS = ("Appointment Scheduled", "Qualified To Buy", "Presentation Scheduled", "Contract Sent")
HEADER = (
    'Record ID;Deal Name;Deal Stage;Amount;Close Date;Create Date;Deal owner;Associated Company IDs;"Date entered current stage";'
    + ";".join(f'"Date entered ""{stage} (Sales Pipeline)"""' for stage in (*STEPS, "Closed Won", "Closed Lost"))
)
PEOPLE = ("Mia Brandt", "Jon Peel", "Ada Ros")
Stays = list[tuple[int, date | None]]


def deals(count: int = 60, seed: int = 7) -> tuple[str, dict[str, Stays], Counter[str]]:
    """An export with blanks, several companies in a cell and equal names; the stays of each deal and the outcomes."""
    dice, rows, stays = random.Random(seed), [HEADER], {}
    outcomes: Counter[str] = Counter()
    for number in range(count):
        key, day = str(77_000 + number), date(2025, 1, 1) + timedelta(days=dice.randint(0, 300))
        passed = sorted(dice.sample(range(1, 4), dice.randint(1, 3)))
        days = [day + timedelta(days=9 * place) for place in range(len(passed))]
        outcome = dice.choice(("won", "lost", "open"))
        stage = {"won": "Closed Won", "lost": "Closed Lost"}.get(outcome, STEPS[passed[-1] - 1])
        entered = {STEPS[step - 1]: at for step, at in zip(passed, days, strict=True)}
        last = day + timedelta(days=90)
        if outcome != "open":
            entered[stage] = last
        told = [f"{entered[one]} 10:{number % 60:02}" if one in entered else "" for one in (*STEPS, "Closed Won", "Closed Lost")]
        company = dice.choice(("9001", '"9002;9003"', "9003", ""))
        rows.append(
            f"{key};Rollout {number % 9};{stage};{number * 10};{last};{day};{dice.choice(PEOPLE)};{company};{last};{';'.join(told)}"
        )
        stays[key] = list(zip(passed, days, strict=True))
        outcomes[outcome] += 1
    return "\n".join(rows) + "\n", stays, outcomes


def stays_of(seen: Seen) -> dict[str, Stays]:
    return {one.key: one.values["stays"] for one in seen.found.records["opportunity"]}


def test_a_column_for_each_stage_is_the_history_of_the_deal(tmp_path: Path) -> None:
    text, stays, outcomes = deals()
    seen = given(tmp_path, {"hubspot-crm-exports-deals.csv": text.encode("utf-16")})
    assert not seen.asked()
    assert seen.mapping.steps == STEPS[:3]
    assert stays_of(seen) == stays
    assert Counter(values[0] for values in seen.deals("outcome").values()) == outcomes
    assert seen.found.accepted == len(stays)


def test_a_step_that_every_deal_has_left_is_a_step_without_a_question(tmp_path: Path) -> None:
    rows = "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Deal owner,Date entered Zirkel,Date entered Closed Won\n"
    rows += "".join(
        f"{n},Deal {n},Closed Won,10,2025-03-0{n},2025-01-0{n},Mia Brandt,2025-02-0{n},2025-03-0{n}\n" for n in range(1, 7)
    )
    seen = given(tmp_path, {"deals.csv": rows})
    assert not seen.asked()
    assert seen.mapping.steps == ("Zirkel",)
    assert stays_of(seen)["3"] == [(1, date(2025, 2, 3))]


def test_the_history_is_in_the_mapping_file_and_read_by_it(tmp_path: Path) -> None:
    seen = given(tmp_path, {"deals.csv": deals()[0]})
    again = rehearse(seen.tables, from_json(to_json(seen.mapping)), today=TODAY)
    assert {one.key: one.values["stays"] for one in again.records["opportunity"]} == stays_of(seen)
    assert any(days for days in stays_of(seen).values())
