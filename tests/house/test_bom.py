"""docs/bom.json names exactly what is locked to run, and says how each library came in."""

import json
import re
from typing import Any

from bailiwick.docs import bom
from tests.house.source import ROOT, project

# Read here in another way than the document is made: by the whole text of each pinned library.
LOCKED = re.split(r"\n(?=\w)", (ROOT / "requirements" / "base.txt").read_text())


def kept() -> dict[str, Any]:
    return json.loads((ROOT / "docs" / "bom.json").read_text())


def test_the_bill_of_materials_is_that_of_the_lock() -> None:
    assert (ROOT / "docs" / "bom.json").read_text() == bom.written(), "run: make docs"


def test_it_names_every_locked_library_with_version_and_hashes_and_no_other() -> None:
    told = {one["purl"]: sorted(part["content"] for part in one["hashes"]) for one in kept()["components"]}
    assert told == {
        f"pkg:pypi/{text.split()[0].replace('==', '@')}": sorted(re.findall(r"sha256:(\w+)", text)) for text in LOCKED
    }
    assert len(told) > 40
    assert all(told.values())


def test_every_library_was_asked_for_by_something_that_the_product_asks_for() -> None:
    found, to_ask = set(), [kept()["metadata"]["component"]["bom-ref"]]
    asks = {one["ref"]: one["dependsOn"] for one in kept()["dependencies"]}
    while to_ask:
        one = to_ask.pop()
        if one not in found:
            found.add(one)
            to_ask += asks[one]
    assert found == set(asks)
    wanted = {re.split(r"[\s\[<>=;!~]", one)[0].lower().replace("_", "-") for one in project()["project"]["dependencies"]}
    direct = asks[kept()["metadata"]["component"]["bom-ref"]]
    assert {re.match(r"pkg:pypi/([\w.-]+)@", one)[1] for one in direct} == wanted  # type: ignore[index]
