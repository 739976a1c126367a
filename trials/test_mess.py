"""A large export full of mess in one go: every row is accounted for; a second time changes nothing."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from trials.conftest import Seed

ROWS = 40_000
HEADER = "Deal Id,Deal Name,Company,Seller,Stage,Value,Created,Close Date"
STAGES = ("Won", "Lost", "Proposal", "Negotiation")
REFUSED = """
    SELECT count(*), count(DISTINCT line), count(*) FILTER (WHERE line > 1 AND reason <> '') FROM exchange_refusal r
    JOIN exchange_import i ON i.id = r.of_id JOIN tenancy_network n ON n.id = i.network_id WHERE n.slug = 'mess'
"""


def mess(chance: Random) -> Iterator[str]:
    """Lines of which some repeat others, and some have a day or an amount that is none, or too few cells."""
    told: list[str] = []
    for n in range(ROWS):
        luck = chance.random()
        if told and luck < 0.03:
            yield chance.choice(told)
            continue
        opened = date(2024, 1, 2) + timedelta(days=chance.randrange(600))
        closed = opened + timedelta(days=chance.randrange(5, 120))
        stage = chance.choices(STAGES, (5, 3, 1, 1))[0]
        value = "much" if luck > 0.99 else f"{chance.randint(100, 90000)}"
        day = "2025-02-31" if 0.97 < luck < 0.99 else closed.isoformat()
        who = f"Company {chance.randrange(3000)},Seller {chance.randrange(40)}"
        line = f"{n},Hoist {n % 700} äö,{who},{stage},{value},{opened},{day}"
        told.append(line)
        yield line


def test_every_row_of_a_large_mess_is_accounted_for(seed: Seed, ground: Path, figure: Callable[[str], None]) -> None:
    home, file = seed.home.copy_to(ground / "home"), ground / "mess.csv"
    file.write_text("\n".join((HEADER, *mess(Random(11)), "")), encoding="utf-8")
    began = time.monotonic()
    first = _taken(home.bailiwick("import", file, "--network", "mess", "--json", "--refused", ground / "refused.csv"))
    seconds = time.monotonic() - began
    assert first["rows"] == ROWS
    assert first["accepted"] + first["refused"] + first["duplicates"] == ROWS
    assert first["refused"] > 500
    assert first["duplicates"] > 500
    again = _taken(home.bailiwick("import", file, "--network", "mess", "--json", "--refused", ground / "again.csv"))
    assert (again["created"], again["changed"], again["refused"]) == ({}, {}, first["refused"])
    ((rows, lines, told),) = home.ask(REFUSED)
    assert (rows, lines, told) == (2 * first["refused"], first["refused"], rows)
    counts = f"{first['refused']} refused, {first['duplicates']} twice"
    figure(f"{ROWS} rows of mess taken in: {seconds:.1f} s, {ROWS / seconds:.0f} rows/s, {counts}")


def _taken(done: object) -> dict[str, object]:
    assert done.returncode == 0, done.stdout + done.stderr  # type: ignore[attr-defined]
    return dict(json.loads(done.stdout))  # type: ignore[attr-defined]
