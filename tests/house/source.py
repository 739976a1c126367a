"""The source as the house tests read it: files, what they define, the order of packages, the tables and their walls."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db.models import Model

import bailiwick.config.urls  # noqa: F401 - every page, endpoint, field and kind of event is declared from here on
from bailiwick.tenancy.models import TenantModel

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "bailiwick"
TEMPLATES = SOURCE / "web" / "templates"
# What is worth knowing and fails nothing; `conftest` prints it below the tests.
ADVICE: list[str] = []


@dataclass(frozen=True)
class Named:
    """Something defined in the source: `kind` is package, module, class or function."""

    kind: str
    name: str
    place: str
    lines: int = 0


@cache
def project() -> dict:
    """pyproject.toml as read."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@cache
def floors() -> dict[str, int]:
    """Each package with its floor in the import contract: 0 is the top, siblings share one."""
    layers = project()["tool"]["importlinter"]["contracts"][0]["layers"]
    return {package.strip(): floor for floor, names in enumerate(layers) for package in names.split("|")}


@cache
def modules() -> dict[Path, ast.Module]:
    """Every module of the product but its migrations."""
    found = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
    return {path: ast.parse(path.read_text(), str(path)) for path in found}


def place(path: Path) -> str:
    """A path as people name it."""
    return path.relative_to(ROOT).as_posix()


@cache
def defined() -> tuple[Named, ...]:
    """Every package, module, class and function of the product."""
    return tuple(_defined())


def _defined() -> Iterator[Named]:
    for path, tree in modules().items():
        is_package = path.name == "__init__.py"
        name = path.parent.name if is_package else path.stem
        yield Named("package" if is_package else "module", name, place(path), len(path.read_text().splitlines()))
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                yield Named("class", node.name, place(path))
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                yield Named("function", node.name, f"{place(path)}:{node.lineno}", length)


@cache
def kept_files() -> tuple[Path, ...]:
    """Every text file that is tracked or about to be, wherever git can tell."""
    told = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return tuple(ROOT / name for name in told.stdout.splitlines() if (ROOT / name).is_file())


def text_of(path: Path) -> str:
    """The text of a file; nothing for what is no text."""
    try:
        return path.read_text()
    except UnicodeDecodeError:
        return ""


def house_models() -> list[type[Model]]:
    """Every model of the product, the link tables of many-to-many keys included."""
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("bailiwick.")]


def tenant_models() -> list[type[TenantModel]]:
    """Every tenant table."""
    return [model for model in house_models() if issubclass(model, TenantModel)]


def package_of(model: type[Model]) -> str:
    """The package in which a model is written."""
    return model.__module__.split(".")[1]
