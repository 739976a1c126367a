"""The contract of the API as it is kept beside the code: what would change is said, and what would break somebody first."""

import copy
import json
from typing import Any

import pytest

from bailiwick.api.contract import contract
from tests.house.contracts import changes
from tests.house.source import ROOT

KEPT = ROOT / "docs" / "openapi.json"


def kept() -> dict[str, Any]:
    return dict(json.loads(KEPT.read_text()))


def test_the_contract_is_the_one_that_is_kept() -> None:
    now = json.loads(json.dumps(contract()))
    assert changes(kept(), now) == [], "this changes the API; if it is meant: make docs"
    assert kept() == now, "words of the contract changed: make docs"


def touched(**what: Any) -> dict[str, Any]:
    """The contract with one thing otherwise, by the path to it; None takes it away."""
    made = copy.deepcopy(kept())
    for path, value in what.items():
        *way, last = path.split("__")
        place: Any = made
        for step in way:
            place = place[step.replace("-", "/")]
        if value is None:
            del place[last]
        else:
            place[last] = value
    return made


def test_what_breaks_is_told_from_what_adds() -> None:
    account = kept()["components"]["schemas"]["AccountShown"]["properties"]
    name = next(one for one in account if account[one].get("type") == "string")
    gone = touched(**{f"components__schemas__AccountShown__properties__{name}": None})
    assert f"breaks: AccountShown has no {name} any more" in changes(kept(), gone)
    more = changes(gone, kept())
    assert f"adds: AccountShown has {name}" in more
    assert not [line for line in more if line.startswith("breaks: AccountShown has")]
    other = touched(**{f"components__schemas__AccountShown__properties__{name}__type": "integer"})
    assert f"breaks: AccountShown {name} was string and is integer" in changes(kept(), other)


@pytest.mark.parametrize("path", ["/api/v1/accounts", "/api/v1/search"])
def test_an_address_that_goes_breaks(path: str) -> None:
    without = copy.deepcopy(kept())
    verbs = without["paths"].pop(path)
    assert set(changes(kept(), without)) == {f"breaks: {verb.upper()} {path} is gone" for verb in verbs}
    assert set(changes(without, kept())) == {f"adds: {verb.upper()} {path}" for verb in verbs}


def test_words_alone_change_nothing() -> None:
    said = copy.deepcopy(kept())
    said["info"]["description"] = "other words"
    assert changes(kept(), said) == []
