"""Where the server lives and as whom. Most of this matters to root only."""

import os
import pwd
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bailiwick.store import StoreRefused, lodging, programs
from bailiwick.store.accounts import account_for
from bailiwick.store.embedded import Embedded
from bailiwick.store.lodging import lodge
from bailiwick.store.place import Account, Place, from_text

from .servers import CAREFREE, Open, folder, responds

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another account")
nobody = pwd.getpwnam("nobody")


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Stands for /var/lib/bailiwick."""
    made = folder()
    yield made / "bailiwick"
    shutil.rmtree(made)


def test_a_place_survives_the_way_to_the_keeper() -> None:
    for place in (Place(Path("/a b/ü\udcff"), Path("/p"), Account(1, 2)), Place(Path("/x"), Path("/p"))):
        assert from_text(place.to_text()) == place


def test_the_socket_lies_beside_the_data_unless_the_path_is_too_long() -> None:
    assert Place(Path("/home/x"), Path("/p")).socket == Path("/home/x/run")
    long = Place(Path("/" + "x" * 200), Path("/p")).socket
    assert str(long).startswith("/tmp/bailiwick-")
    assert len(str(long)) < 50


def test_a_home_is_made_closed_to_others(ground: Path) -> None:
    lodge(ground / "home", {}, print)
    assert (ground / "home").stat().st_mode & 0o007 == 0


@as_root
def test_the_owner_of_the_home_runs_the_server(ground: Path) -> None:
    os.chown(ground, nobody.pw_uid, nobody.pw_gid)
    assert account_for(ground, {}) == Account(nobody.pw_uid, nobody.pw_gid)


@as_root
def test_a_home_of_root_is_served_by_the_account_named_in_the_environment(ground: Path) -> None:
    assert account_for(ground, {"BAILIWICK_PG_OS_USER": "nobody"}) == Account(nobody.pw_uid, nobody.pw_gid)


@as_root
def test_the_owner_of_existing_data_goes_on_running_them(ground: Path) -> None:
    (ground / "pg").mkdir()
    os.chown(ground / "pg", nobody.pw_uid, nobody.pw_gid)
    assert account_for(ground, {"BAILIWICK_PG_OS_USER": "postgres"}) == Account(nobody.pw_uid, nobody.pw_gid)


@as_root
def test_a_closed_home_of_root_is_opened_to_the_account_by_one_bit(ground: Path, elsewhere: Path) -> None:
    said: list[str] = []
    place = lodge(ground / "home", {"BAILIWICK_PG_OS_USER": "nobody"}, said.append, elsewhere)
    assert place.folder == ground / "home"
    assert (ground / "home").stat().st_mode & 0o777 == 0o710
    assert not said
    assert not elsewhere.exists()


@as_root
def test_many_that_come_at_once_to_a_closed_home_choose_one_place(ground: Path, elsewhere: Path) -> None:
    environ = {"BAILIWICK_PG_OS_USER": "nobody"}
    with ThreadPoolExecutor(8) as pool:
        for turn in range(10):
            home = ground / f"home {turn}"
            places = set(pool.map(lambda _, home=home: lodge(home, environ, print, elsewhere), range(8)))  # type: ignore[misc]
            assert {place.folder for place in places} == {home}


@as_root
def test_a_home_behind_a_closed_folder_keeps_its_data_elsewhere_and_says_so_once(ground: Path, elsewhere: Path) -> None:
    ground.chmod(0o700)
    said: list[str] = []
    environ = {"BAILIWICK_PG_OS_USER": "nobody"}
    place = lodge(ground / "home", environ, said.append, elsewhere)
    assert place.folder.parent == elsewhere
    assert lodge(ground / "home", environ, said.append, elsewhere) == place
    assert len(said) == 1
    assert str(place.folder) in said[0]
    assert ground.stat().st_mode & 0o777 == 0o700


@as_root
def test_a_moved_home_finds_its_data_and_missing_data_are_not_replaced(ground: Path, elsewhere: Path) -> None:
    ground.chmod(0o700)
    place = lodge(ground / "home", {}, print, elsewhere)
    (ground / "home").rename(ground / "moved")
    assert lodge(ground / "moved", {}, print, elsewhere).folder == place.folder
    place.folder.rmdir()
    with pytest.raises(StoreRefused, match="which is gone"):
        lodge(ground / "moved", {}, print, elsewhere)


@as_root
def test_data_behind_a_folder_closed_later_are_not_replaced_by_an_empty_database(ground: Path, elsewhere: Path) -> None:
    (ground / "home" / "pg").mkdir(parents=True)
    ground.chmod(0o700)
    with pytest.raises(StoreRefused, match="cannot reach"):
        lodge(ground / "home", {}, print, elsewhere)


@as_root
def test_programs_behind_a_closed_folder_are_copied_once(
    ground: Path, elsewhere: Path, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = hidden_wheel(ground)
    monkeypatch.setattr(programs, "wheel", lambda: closed)
    monkeypatch.setattr("bailiwick.store.copying.wheel", lambda: closed)
    monkeypatch.setattr(lodging, "ELSEWHERE", elsewhere)
    monkeypatch.setattr(lodge, "__defaults__", (elsewhere,))
    said: list[str] = []
    server = opened(ground / "closed" / "home", virgin=True, say=said.append).start()
    assert responds(server.dsn(database="postgres"))
    assert server.place.programs.is_relative_to(elsewhere)
    assert server.place.folder.is_relative_to(elsewhere)
    assert len(said) == 2
    assert lodge(ground / "closed" / "home", {}, said.append, elsewhere) == server.place
    assert len(said) == 2
    assert server.release(wait=20)


@as_root
def test_a_home_in_a_closed_folder_of_root_is_served_from_var_lib(ground: Path) -> None:
    ground.chmod(0o700)
    said: list[str] = []
    there_before = lodging.ELSEWHERE.exists()
    server = Embedded(ground / "home", linger=0, extra=CAREFREE, say=said.append).start()
    try:
        assert responds(server.dsn(database="postgres"))
        assert server.place.folder.parent == lodging.ELSEWHERE
        assert len(said) == 1
    finally:
        assert server.release(wait=20)
        shutil.rmtree(server.place.folder)
        if not there_before:
            lodging.ELSEWHERE.rmdir()


def hidden_wheel(ground: Path) -> Path:
    """The wheel as it would be installed under a folder of mode 700, with the newest version only."""
    real = programs.wheel()
    closed = ground / "closed"
    closed.mkdir(mode=0o700)
    unneeded = shutil.ignore_patterns("include", "pg_upgrade", "psql", "ecpg")
    shutil.copytree(real / "pginstall18", closed / real.name / "pginstall18", symlinks=True, ignore=unneeded)
    shutil.copytree(real.with_name(f"{real.name}.libs"), closed / f"{real.name}.libs")
    return closed / real.name
