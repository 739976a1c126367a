"""Storage that fails at thirty places of an import, of a backup and of a migration: run again, nothing is different."""

import subprocess
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import count
from pathlib import Path

import psycopg
import pytest

from bailiwick.store.programs import programs
from trials.conftest import Seed
from trials.exports import write_export
from trials.faults import Disk, Fault
from trials.homes import Home
from trials.test_imports import digest

DEALS = 100
POINTS = 10  # for each kind of fault
LAST = 12  # migrations that are tried; the others stand already
NEWEST_SEAL = "DELETE FROM ledger_seal WHERE upto = (SELECT max(upto) FROM ledger_seal) RETURNING 1"
KEPT_ONCE = """
    SELECT (SELECT string_agg(app || '.' || name, ' ' ORDER BY app, name) FROM django_migrations),
           (SELECT count(*) FROM django_content_type), (SELECT count(*) FROM auth_permission)
"""
Figure = Callable[[str], None]


@pytest.fixture(scope="module")
def disk(ground_of_module: Path) -> Iterator[Disk]:
    """What is started while the trials of this file run stores on it, the server of the store and its keeper too."""
    made = Disk(ground_of_module)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in made.surroundings.items():
            patch.setenv(name, value)
        yield made


@pytest.fixture(scope="module")
def home(seed: Seed, disk: Disk) -> Iterator[Home]:
    """The village on that disk; its store stays up, or is started again by its keeper."""
    seed.home.copy_to(disk.homes / "home")
    home = Home(disk.homes / "home")
    with home.store():
        yield home


def thirty(
    disk: Disk, act: Callable[[], object], places: Callable[[int, float], int] | None = None
) -> Iterator[tuple[Fault, int]]:
    """Ten places for each kind of fault, all thirty different: spread over the calls of one run of `act` that goes well."""
    disk.heals()
    act()
    calls = disk.calls
    assert calls > 3 * POINTS, "so few calls that the disk cannot be the one that is used"
    for how in Fault:
        for number in range(POINTS):
            part = (number + (how - 1) / len(Fault)) / POINTS
            yield how, (places or spread)(calls, part)


def spread(calls: int, part: float) -> int:
    """One of so many calls; the last are left out, for two runs need not make equally many."""
    return 1 + int((calls - 8) * part)


def gone_wrong(disk: Disk, how: Fault, at: int, act: Callable[[], "subprocess.CompletedProcess[str]"]) -> int:
    """`act` with a fault at this call, or where it does not come to so many, a little before; its exit code.

    What goes wrong is told in plain words; whoever was killed says nothing.
    """
    while True:
        disk.fails(how, at)
        try:
            done = act()
            hit = disk.wrong
        finally:
            disk.heals()
        if hit:
            break
        at -= 3
    assert "Traceback" not in done.stderr, f"{how.name} at {at}: {done.stderr}"
    assert done.returncode in (0, 1, -9), f"{how.name} at {at}: {done.stderr}"
    return done.returncode


def test_an_import_on_storage_that_fails_run_again_gives_what_a_clean_run_gives(
    home: Home, disk: Disk, ground_of_module: Path, figure: Figure
) -> None:
    export = write_export(ground_of_module / "export", DEALS)
    names = (f"net-{number}" for number in count())
    begun, kept, slowest = time.monotonic(), 0, 0.0

    def take_in(network: str) -> "subprocess.CompletedProcess[str]":
        return home.bailiwick("import", export, "--network", network, "--json")

    points = list(thirty(disk, lambda: take_in(next(names))))
    expected = digest(home, "net-0")
    assert expected[0] > DEALS
    for how, at in points:
        network = next(names)
        code = gone_wrong(disk, how, at, lambda network=network: take_in(network))  # type: ignore[misc]
        ((there,),) = home.ask("SELECT count(*) FROM tenancy_network WHERE slug = %s", network)
        assert there or code, "what was said to be taken in is not there"
        if there:
            kept += 1
            assert digest(home, network) == expected, f"a part of an import was kept: {how.name} at {at}"
        again = time.monotonic()
        told = take_in(network)
        slowest = max(slowest, time.monotonic() - again)
        assert told.returncode == 0, told.stderr
        assert digest(home, network) == expected, f"{how.name} at {at}"
    figure(
        f"import of {DEALS} deals: {len(points)} faults at 1 to {max(at for _, at in points)} of its storage calls, {kept} "
        f"taken in all the same, 0 differences; slowest run after one {slowest:.1f} s, {time.monotonic() - begun:.0f} s in all"
    )


def test_a_backup_on_storage_that_fails_is_whole_or_not_there_and_the_next_one_is_good(
    home: Home, disk: Disk, figure: Figure
) -> None:
    folder = disk.homes / "backups"
    folder.mkdir()
    names = (folder / f"{number}.bw" for number in count())
    begun, whole, torn = time.monotonic(), 0, 0

    def back_up(file: Path) -> "subprocess.CompletedProcess[str]":
        return home.bailiwick("backup", file)

    back_up(next(names))
    points = list(thirty(disk, lambda: back_up(next(names)), ends))
    for how, at in points:
        file, good = next(names), next(names)
        home.ask(NEWEST_SEAL)  # so that there is something to seal
        code = gone_wrong(disk, how, at, lambda file=file: back_up(file))  # type: ignore[misc]
        assert file.exists() or code, "what was said to be made is not there"
        left = [name for name in folder.iterdir() if name.suffix != ".bw"]
        assert not left or code == -9, f"{how.name} at {at} leaves {left}"
        torn += len(left)
        told = home.bailiwick("backup", good)
        assert told.returncode == 0, told.stderr
        now = live(home)
        assert text_of(good) == now
        if file.exists():
            whole += 1
            assert text_of(file) == now, f"{how.name} at {at}: a backup that is not what was there"
            file.unlink()
        for name in (*left, good):
            name.unlink()
    figure(
        f"backup: {len(points)} faults at 1 to {max(at for _, at in points)} of its storage calls, {whole} made all the same "
        f"and whole, {torn} unfinished ones under another name, 0 differences; {time.monotonic() - begun:.0f} s in all"
    )


def ends(calls: int, part: float) -> int:
    """Nearly all calls are pg_dump's: three of ten places are before it begins, three after it is done."""
    if part < 0.3:
        return 1 + int(10 * part / 0.3)
    if part < 0.7:
        return int(calls * (part - 0.3) / 0.4) + 12
    return calls - 9 + int(9 * (part - 0.7) / 0.3)


def live(home: Home) -> str:
    """The store as it is, as text."""
    with home.store() as address:
        return text("pg_dump", "--dbname", address.admin)


def text_of(backup: Path) -> str:
    """What is in a backup, read as a restore reads it."""
    return text("pg_restore", "--file=-", str(backup))


def text(program: str, *arguments: str) -> str:
    """A digest of what a program of PostgreSQL writes, without its remarks."""
    done = subprocess.run([programs() / program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = (line for line in done.stdout.splitlines() if not line.startswith(("--", "\\restrict", "\\unrestrict")))
    return sha256("\n".join(filter(None, lines)).encode()).hexdigest()


def test_a_migration_on_storage_that_fails_run_again_gives_the_tables_of_a_clean_run(
    disk: Disk, home: Home, figure: Figure
) -> None:
    begun, whole = time.monotonic(), 0
    young = Home(disk.homes / "young")
    with young.store() as address:
        owner = Home(young.place, DATABASE_URL=address.owner, BAILIWICK_APP_URL=address.app)
        assert owner.inside("migrate_in_part", LAST) > LAST
        elsewhere = address.admin.replace("/bailiwick?", "/postgres?")
        ask(elsewhere, "CREATE DATABASE part TEMPLATE bailiwick")
        points = list(thirty(disk, lambda: young.bailiwick("migrate")))
        expected = tables(young)
        for how, at in points:
            ask(elsewhere, "DROP DATABASE bailiwick WITH (FORCE)")
            ask(elsewhere, "CREATE DATABASE bailiwick TEMPLATE part")
            code = gone_wrong(disk, how, at, lambda: young.bailiwick("migrate"))
            whole += code == 0
            if code == 0:
                assert tables(young) == expected
            told = young.bailiwick("migrate")
            assert told.returncode == 0, f"{how.name} at {at}: {told.stderr}"
            assert tables(young) == expected, f"{how.name} at {at}"
    figure(
        f"migration by {LAST} steps: {len(points)} faults at 1 to {max(at for _, at in points)} of its storage calls, {whole} "
        f"done all the same, 0 differences in the tables; {time.monotonic() - begun:.0f} s in all"
    )


def ask(dsn: str, statement: str) -> None:
    """A statement that no transaction may hold."""
    with psycopg.connect(dsn, autocommit=True) as admin:
        admin.execute(statement.encode())


def tables(home: Home) -> tuple[str, list[tuple[object, ...]]]:
    """Every table, wall, right and index, and what migrations write once."""
    with home.store() as address:
        return text("pg_dump", "--schema-only", "--dbname", address.admin), home.ask(KEPT_ONCE)


def test_after_all_faults_every_seal_holds_and_the_village_is_as_it_was(home: Home, seed: Seed) -> None:
    assert home.bailiwick("seal").returncode == 0
    told = home.bailiwick("doctor", "--ledger")
    assert told.returncode == 0, told.stdout
    village = "SELECT count(*), md5(string_agg(id::text, '' ORDER BY id)) FROM ledger_entry WHERE network_id = %s"
    assert home.ask(village, seed.facts["network"]) == seed.home.ask(village, seed.facts["network"])
