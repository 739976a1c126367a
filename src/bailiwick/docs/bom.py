"""The bill of materials in CycloneDX: which libraries run with us, in which version, with which hashes, and who brought them.

All of it stands in the lock file, so that the same lock makes the same document; nothing is fetched, nothing installed is asked.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
LOCK = ROOT / "requirements" / "base.txt"
PINNED = re.compile(r"([\w.-]+)==([^\s;]+)(?: ; (.+?))? \\")
HASH = re.compile(r"\s+--hash=sha256:([0-9a-f]{64})")
VIA = re.compile(r"\s+#(?: via)?\s+([\w.-]+)( \(pyproject\.toml\))?")


@dataclass
class Library:
    """One pinned line of the lock: `when` is where it is installed, empty for everywhere; `via` who asked for it."""

    name: str
    version: str
    when: str
    hashes: list[str] = field(default_factory=list)
    via: set[str] = field(default_factory=set)

    @property
    def reference(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def locked(text: str) -> list[Library]:
    """What a lock file pins.

    >>> [one] = locked("anorak==1.2 ; sys_platform == 'win32' \\\\\\n    --hash=sha256:" + "0" * 64 + "\\n    # via umbrella\\n")
    >>> one.reference, one.when, len(one.hashes), one.via
    ('pkg:pypi/anorak@1.2', "sys_platform == 'win32'", 1, {'umbrella'})
    """
    found: list[Library] = []
    for line in text.splitlines():
        if begun := PINNED.match(line):
            found.append(Library(begun[1], begun[2], begun[3] or ""))
        elif one := HASH.match(line):
            found[-1].hashes.append(one[1])
        elif by := VIA.match(line):
            found[-1].via.add(by[1])
    return found


def document(text: str, project: dict[str, Any]) -> dict[str, Any]:
    """The document of a lock file: no serial number and no time, so that it changes when the libraries do."""
    libraries = locked(text)
    own = f"pkg:pypi/{project['name']}@{project['version']}"
    asking = [(project["name"], own), *((one.name, one.reference) for one in libraries)]
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": _named("application", project["name"], project["version"], own)},
        "components": [_component(one) for one in libraries],
        "dependencies": [
            {"ref": reference, "dependsOn": [one.reference for one in libraries if name in one.via]} for name, reference in asking
        ],
    }


def _named(kind: str, name: str, version: str, reference: str) -> dict[str, Any]:
    return {"type": kind, "bom-ref": reference, "name": name, "version": version, "purl": reference}


def _component(one: Library) -> dict[str, Any]:
    return _named("library", one.name, one.version, one.reference) | dict(_more(one))


def _more(one: Library) -> Iterator[tuple[str, Any]]:
    yield "hashes", [{"alg": "SHA-256", "content": content} for content in one.hashes]
    if one.when:
        yield "properties", [{"name": "bailiwick:when", "value": one.when}]


def written() -> str:
    """docs/bom.json as it should stand."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return json.dumps(document(LOCK.read_text(), project), indent=1) + "\n"
