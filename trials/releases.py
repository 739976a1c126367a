"""Homes as earlier states of this repository left them: their own code, taken out of its history, made and filled them."""

import io
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from trials.exports import write_export
from trials.homes import ROOT, Home


@dataclass(frozen=True)
class Release:
    """A state of main that landed, and what it could do already. Once releases are tagged their tags stand here."""

    name: str
    commit: str
    imports: bool = True


LANDED = (
    Release("selling", "23fa886", imports=False),
    Release("imports", "6d5a299"),
    Release("numbers", "145eac2"),
    Release("lists", "ea434ca"),
)


class OldHome(Home):
    """A home whose commands are those of an earlier state, run by the libraries of today."""

    def __init__(self, place: Path, code: Path) -> None:
        super().__init__(place, PYTHONPATH=str(code / "src"))
        self.code = code


def code_of(release: Release, ground: Path) -> Path:
    """The folder with everything of that state. Skips where the history is not there, as in a shallow clone."""
    packed = subprocess.run(["git", "archive", release.commit], cwd=ROOT, capture_output=True, check=False)
    if packed.returncode:
        pytest.skip(f"commit {release.commit} is not here: it takes a clone with its history")
    code = ground / f"code-{release.name}"
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(code, filter="data")
    return code


def lived_in(release: Release, ground: Path) -> Home:
    """A home of that state with the village in it, an import where it could take one in, and a sealed ledger."""
    old = OldHome(ground / release.name, code_of(release, ground))
    done = old.bailiwick("migrate")
    assert done.returncode == 0, done.stderr
    old.inside("settle_village")
    if release.imports:
        export = write_export(ground / f"export-{release.name}", 40)
        done = old.bailiwick("import", export, "--network", "imported", "--json")
        assert done.returncode == 0, done.stderr
    assert old.bailiwick("seal").returncode == 0
    assert not old.quiet(), "the old home does not come to rest"
    return Home(old.place)
