"""A standing source under SIGKILL: whenever the importer dies, every export is taken in once, in order, and put away."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from random import Random

from tests.exchange.standing import STEPS, deal, export
from trials.conftest import Seed
from trials.homes import Home, eventually
from trials.patience import bound
from trials.served import served

EXPORTS, DEALS = 8, 400
REOPENED = 2  # which the export taken in by hand had decided
STATE = """
    SELECT o.source_id::int, s.name, o.value::int,
           (SELECT count(*) FROM pipeline_stage t WHERE t.opportunity_id = o.id AND t.open)
    FROM pipeline_opportunity o JOIN pipeline_step s ON s.id = o.step_id WHERE o.source = 'crm' ORDER BY 1
"""
# Stays of one deal that overlap or run backwards.
CROSSED = """
    SELECT count(*) FROM pipeline_stage a JOIN pipeline_stage b ON a.opportunity_id = b.opportunity_id AND a.id < b.id
    JOIN pipeline_opportunity o ON o.id = a.opportunity_id
    WHERE o.source = 'crm' AND (a.left IS NULL OR a.left > b.entered OR a.left < a.entered)
"""
TOLD = "SELECT kind, count(*) FROM ledger_entry WHERE kind LIKE 'exchange.import%%' GROUP BY kind"
MOVES = """
    SELECT count(*), (SELECT count(*) FROM ledger_entry WHERE kind = 'pipeline.step_entered' AND door = 'import')
    FROM pipeline_stage t JOIN pipeline_opportunity o ON o.id = t.opportunity_id WHERE o.source = 'crm'
"""


def told(number: int) -> list[tuple[int, str, int]]:
    """What the export of this number says of each deal."""
    chance = Random(number)
    return [(key, chance.choice(STEPS), chance.randint(1, 9000)) for key in range(1, DEALS + 1)]


def lay(home: Home, folder: str) -> None:
    """All exports, written one after the other a while ago."""
    inbox = home.place / "inbox" / folder
    inbox.mkdir(parents=True, exist_ok=True)
    for number in range(EXPORTS):
        file = inbox / f"deals-{number}.csv"
        file.write_bytes(export(*(deal(key, stage, value=str(value)) for key, stage, value in told(number))))
        os.utime(file, (time.time() - 3600 + number,) * 2)


def test_killed_at_any_moment_it_takes_every_export_in_once(seed: Seed, home: Home, figure: Callable[[str], None]) -> None:
    folder = home.inside("stand")
    lay(home, folder)
    chance, kills, taken = Random(5), 0, home.place / "inbox" / folder / "taken"
    with served(home, seed.facts["sessions"]["dora"]) as serving:
        began = time.monotonic()
        while time.monotonic() - began < bound(50) and not (taken.is_dir() and len(list(taken.iterdir())) == EXPORTS):
            time.sleep(chance.uniform(0.3, 2.5) if kills < 10 else 1)
            if kills < 10:
                with suppress(IndexError, ProcessLookupError):
                    os.kill(serving.children_named("bailiwick.cli.importer")[0], signal.SIGKILL)
                    kills += 1
        seconds = time.monotonic() - began
        assert eventually(lambda: len(list(taken.iterdir())) == EXPORTS, bound(30)), sorted(taken.parent.rglob("*"))
    assert kills >= 3, "nothing was killed: this tried nothing"
    assert home.ask(STATE) == [(key, stage, value, 1) for key, stage, value in told(EXPORTS - 1)]
    assert home.ask(CROSSED) == [(0,)]
    assert home.ask(TOLD) == [("exchange.import_taken", EXPORTS + 1)]
    assert home.ask("SELECT state, count(*) FROM exchange_incoming GROUP BY state") == [("taken", EXPORTS)]
    ((stays, entered),) = home.ask(MOVES)
    assert stays - entered == DEALS + REOPENED  # the first stay of each deal is its opening
    figure(f"{EXPORTS} exports of {DEALS} deals by a standing source, importer killed {kills} times: {seconds:.1f} s")
