"""What is typed into a condition is compared and never becomes a part of the question to the store."""

import csv
import io

import pytest
from django.test import Client

from bailiwick.pipeline.commands import NewOpportunity, open_opportunities
from tests.village import NOW, TODAY, Village
from tests.walls.reading import body
from tests.walls.world import browser

NAMED = "Robert'); DROP TABLE pipeline_opportunity; --"
WIDE = ("' OR '1'='1", "%", "x' UNION SELECT email FROM network_login --", "\\' OR true --", "a%' OR 't' LIKE '%")
LIST = "/lists/pipeline/file/csv"


@pytest.fixture
def noor(village: Village) -> Client:
    open_opportunities([NewOpportunity(title=NAMED, origin=NAMED, expected=TODAY)], by=village.actor("noor"), now=NOW)
    return browser(village, "noor")


def titles(client: Client, **asked: str) -> list[str]:
    """The deals of the list under these conditions; none where it refuses them."""
    answer = client.get(LIST, {"columns": "title"} | asked)
    assert answer.status_code in (200, 422)
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))) if answer.status_code == 200 else []
    return [row[0] for row in rows[1:]]


def test_a_command_in_a_condition_is_compared_like_any_word(noor: Client) -> None:
    assert len(titles(noor)) == 3
    assert titles(noor, q=NAMED) == [NAMED]
    assert titles(noor, origin=NAMED) == [NAMED]
    assert titles(noor, origin=f"x{NAMED}") == []


@pytest.mark.parametrize("said", WIDE)
@pytest.mark.parametrize(
    "where", ["q", "origin", "account", "unit", "person", "value_from", "order", "columns", "standing", "at"]
)
def test_no_condition_is_widened_by_what_stands_in_it(noor: Client, village: Village, said: str, where: str) -> None:
    own = {*titles(noor), "Opportunity"}
    assert set(titles(noor, **{where: said})) <= (set() if where == "origin" else own)
    page = noor.get("/pipeline", {where: said})
    assert page.status_code < 500
    assert "ben@village.example" not in body(page)
    assert len(titles(noor)) == len(own) - 1
