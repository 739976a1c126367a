"""More than fifty kills of everything that runs, at moments of chance under load: nothing acknowledged is lost or done twice."""

import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from trials.conftest import Seed
from trials.exports import write_export
from trials.homes import Home, eventually
from trials.load import load
from trials.patience import bound
from trials.served import Served, served
from trials.test_faults import text_of
from trials.test_imports import digest, taken_in
from trials.test_kills import SECONDS, check_acts, stands_for

CHANCE, DEALS = 20261130, 150
PROCESSES = ("worker", "granian", "clock", "importer", "keeper", "postmaster", "parent")
EACH, VERBS = 6, 5
# What an import asked for on a page made, by its source: the deals with everything of their own.
ASKED = """
    SELECT i.source, i.state, count(o.id), count(DISTINCT o.source_id),
           md5(string_agg(concat_ws('|', o.source_id, o.title, o.value, o.outcome, o.entered, o.decided), E'\\n'
               ORDER BY o.source_id))
    FROM exchange_import i LEFT JOIN pipeline_opportunity o ON o.source = i.source AND o.network_id = i.network_id
    GROUP BY i.source, i.state ORDER BY i.source
"""
UNDER_WAY = "SELECT count(*) FROM exchange_import WHERE state = 'asked'"


@dataclass
class Kills:
    """The kills of this file: who, how long until a page came, which imports and backups were begun."""

    serving: Served
    ground: Path
    export: Path
    chance: Random
    killed: Counter[str] = field(default_factory=Counter)
    worst: dict[str, float] = field(default_factory=dict)
    networks: list[str] = field(default_factory=list)
    asked: int = 0

    def kill(self, whom: str) -> None:
        """One of it is killed, and a page comes again; whatever was killed is started again."""
        if whom == "importer":
            self._begin_an_import()
        time.sleep(self.chance.uniform(0, 0.5))
        self.killed[whom] += 1
        if whom in ("import", "backup"):
            self._kill_a_verb(whom)
            return
        if whom == "parent":
            self.serving.parent.kill()
            self.serving.parent.wait()
            self.serving.begin()
            self._took(whom, self.serving.seconds)
            return
        victim = getattr(self.serving, whom)
        os.kill(victim, signal.SIGKILL)
        self._took(whom, self.serving.browser.until_it_answers(60))
        assert eventually(lambda: stands_for(self.serving, whom, victim), bound(10)), f"{whom} was not started again"

    def _took(self, whom: str, seconds: float) -> None:
        self.worst[whom] = max(self.worst.get(whom, 0.0), seconds)
        assert seconds < bound(SECONDS), f"{whom} killed: no page for {seconds:.1f} s"

    def _begin_an_import(self) -> None:
        """Somebody asks for one on a page, so that the importer is at it."""
        self.asked += 1
        self.serving.home.inside("ask_for_import", str(self.export), f"asked-{self.asked}")

    def _kill_a_verb(self, verb: str) -> None:
        number = self.killed[verb]
        self.networks += [f"killed-{number}"] if verb == "import" else []
        arguments = {
            "import": ("import", str(self.export), "--network", f"killed-{number}", "--json"),
            "backup": ("backup", str(self.ground / f"{number}.bw")),
        }[verb]
        running = self.serving.home.start(*arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with suppress(subprocess.TimeoutExpired):
            running.wait(self.chance.uniform(0.2, bound(1.5)))
        running.kill()
        running.wait()
        self._took(verb, self.serving.browser.until_it_answers(60))


@pytest.fixture(scope="module")
def kills(seed: Seed, ground_of_module: Path) -> Iterator[Kills]:
    home = seed.home.copy_to(ground_of_module / "home")
    export = write_export(ground_of_module / "export", DEALS)
    taken_in(home, export, "clean")
    with served(home, seed.facts["sessions"]["noor"]) as serving:
        yield Kills(serving, ground_of_module, export, Random(CHANCE))


def test_more_than_fifty_kills_under_load_lose_nothing_and_do_nothing_twice(
    kills: Kills, seed: Seed, figure: Callable[[str], None]
) -> None:
    plan = [*PROCESSES * EACH, *("import", "backup") * VERBS]
    assert len(plan) > 50
    kills.chance.shuffle(plan)
    begun = time.monotonic()
    with load(kills.serving.browser, seed.facts["accounts"]["Hafen Logistik GmbH"], threads=4) as done:
        for whom in plan:
            kills.kill(whom)
    figure(
        f"{kills.killed.total()} kills (chance {CHANCE}) in {time.monotonic() - begun:.0f} s: "
        + ", ".join(f"{whom} {kills.killed[whom]}, page after at most {kills.worst[whom]:.2f} s" for whom in sorted(kills.worst))
    )
    check_acts(kills.serving.home, done)
    figure(f"{len(done.kept)} acts acknowledged, {done.broken} cut off, {done.answers}: 0 lost, 0 twice")


def test_after_the_kills_every_import_is_there_once_and_whole(kills: Kills, figure: Callable[[str], None]) -> None:
    home = kills.serving.home
    expected = digest(home, "clean")
    for network in kills.networks:
        ((there,),) = home.ask("SELECT count(*) FROM tenancy_network WHERE slug = %s", network)
        assert not there or digest(home, network) == expected, "a part of an import was kept"
        taken_in(home, kills.export, network)
        assert digest(home, network) == expected
    assert eventually(lambda: home.ask(UNDER_WAY) == [(0,)], bound(60)), home.ask(ASKED)
    by_source = {row[0]: row[1:] for row in home.ask(ASKED) if row[0].startswith("asked-")}
    assert len(by_source) == kills.asked
    assert {(state, deals, ids) for state, deals, ids, _ in by_source.values()} == {("taken", DEALS, DEALS)}, by_source
    assert len({row[-1] for row in by_source.values()}) == 1, "two imports of one export differ"
    figure(f"{kills.asked} imports under a killed importer and {len(kills.networks)} killed imports: each whole, once")


def test_after_the_kills_no_half_backup_has_its_name_and_every_seal_holds(kills: Kills, figure: Callable[[str], None]) -> None:
    home, made = kills.serving.home, sorted(kills.ground.glob("*.bw"))
    for file in made:
        text_of(file)  # every byte can be read
    for file in made[-1:]:
        restored = Home(kills.ground / "restored")
        told = restored.bailiwick("restore", file)
        assert told.returncode == 0, told.stdout + told.stderr
    assert home.bailiwick("seal").returncode == 0
    told = home.bailiwick("doctor", "--ledger")
    assert told.returncode == 0, told.stdout
    assert kills.serving.stop() == 0
    assert not home.quiet(), "the parent ended and left processes"
    figure(f"{VERBS} backups killed: {len(made)} were whole, the newest was restored, the others have no file of their name")
