"""What lies in the repository: no host of a package registry, no path of somebody's machine; examples that run."""

import doctest
import importlib
import re
from pathlib import Path

import pytest

from tests.house.source import ROOT, SOURCE, kept_files, place, text_of

REGISTRIES = (
    "pypi." + "org",
    "python" + "hosted.org",
    "registry.npm" + "js",
    "registry.yarn" + "pkg",
    "test.py" + "pi",
    "proxy.golang" + ".org",
    "index-" + "url =",
)
MACHINES = re.compile(
    "(?<![\\w.~$}>-])/(?:" + "|".join(("work", "home", "root", "Users", "mnt", "workspace", "builds")) + ")/[\\w.-]"
)
# Invented paths in tests that are about paths.
INVENTED = {"tests/store/test_lodging.py"}


def test_no_file_names_the_host_of_a_package_registry() -> None:
    found = [f"{place(path)}: {host}" for path in kept_files() for host in REGISTRIES if host in text_of(path)]
    assert not found


def test_no_file_names_a_path_of_a_machine() -> None:
    found = []
    for path in kept_files():
        if place(path) not in INVENTED:
            found += [f"{place(path)}: {hit.group()}" for hit in MACHINES.finditer(text_of(path))]
    assert not found


def test_no_file_that_is_made_by_running_is_kept() -> None:
    made = (".pyc", ".mo", ".sqlite3", ".log", ".egg-info", ".coverage")
    assert not [place(path) for path in kept_files() if path.name.endswith(made)]


def test_no_file_is_empty_or_left_over() -> None:
    """An empty file is a package's beginning and nothing else."""
    assert not [place(path) for path in kept_files() if path.stat().st_size == 0 and path.name != "__init__.py"]


def modules_with_examples() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py") if ">>> " in path.read_text())


@pytest.mark.parametrize("path", modules_with_examples(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_every_worked_example_in_the_source_runs(path: Path) -> None:
    name = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")
    module = importlib.import_module(name)
    assert doctest.testmod(module).failed == 0
