"""The API's lists are the pages' lists: the same question, rows, rights and acts."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

from bailiwick.pipeline.models import Opportunity
from tests.api.conftest import Caller
from tests.lists.test_asking import dealt, titles
from tests.village import Village

Calling = Callable[[str], Caller]


def test_a_list_says_what_can_be_asked_of_it(calling: Calling) -> None:
    found = {one["name"]: one for one in calling("noor").ask("GET", "/lists").json()["items"]}
    assert {"pipeline", "accounts", "contacts", "activities", "everybody"} == set(found)
    assert "value" in {column["name"] for column in found["pipeline"]["columns"]}
    assert {act["name"] for act in found["accounts"]["acts"]} == {"city", "country", "sector"}


def test_the_same_question_gives_the_rows_that_the_page_shows_over_all_pages(village: Village, calling: Calling) -> None:
    dealt(village, "noor", ["100", "250.5", None, "900"])
    where, found, cursor = quote("q=noor&order=-value&columns=title,value,expected"), [], ""
    while True:
        part = calling("noor").ask("GET", f"/lists/pipeline?where={where}&limit=2&cursor={cursor}").json()
        found += part["items"]
        cursor = part["next"]
        if not cursor:
            break
    assert [row["cells"]["title"]["name"] for row in found] == titles(village, "noor", q="noor", order="-value")
    assert found[1]["cells"]["value"] == {"amount": "250.50", "currency": "EUR"}
    assert set(found[0]["cells"]) == {"title", "value", "expected"}


def test_what_cannot_be_meant_is_a_problem_that_names_its_place(calling: Calling) -> None:
    answer = calling("noor").ask("GET", f"/lists/pipeline?where={quote('order=password&unit=x')}")
    assert answer.status_code == 422
    assert {one["field"] for one in answer.json()["problems"]} == {"order", "unit"}
    assert calling("noor").ask("GET", "/lists/secrets").status_code == 404


def test_many_rows_are_previewed_changed_and_changed_back(village: Village, calling: Calling) -> None:
    names = dealt(village, "noor", ["1", "2"])
    rows = [{"id": str(row.pk), "version": 1} for row in Opportunity.objects.in_network(village.by).filter(title__in=names)]
    body: dict[str, Any] = {"act": "value", "value": "77", "rows": rows}
    looked = calling("noor").ask("POST", "/lists/pipeline/changes", {**body, "preview": True}).json()
    assert looked["id"] is None
    assert len(looked["changed"]) == 2
    assert not Opportunity.objects.in_network(village.by).filter(title__in=names, value=77).exists()
    done = calling("noor").ask("POST", "/lists/pipeline/changes", body).json()
    assert Opportunity.objects.in_network(village.by).filter(title__in=names, value=77).count() == 2
    assert calling("ben").ask("POST", f"/changes/{done['id']}/undo").status_code == 404
    assert calling("noor").ask("POST", f"/changes/{done['id']}/undo").json() == {"back": 2, "stayed": []}
    assert not Opportunity.objects.in_network(village.by).filter(title__in=names, value=77).exists()
    assert calling("noor").ask("POST", "/lists/pipeline/changes", {**body, "value": "viel"}).status_code == 422


def test_a_view_is_kept_read_and_dropped(calling: Calling) -> None:
    kept = calling("noor").ask("POST", "/lists/accounts/views", {"name": "Paper", "shared": "unit", "where": "q=Papier"})
    assert kept.status_code == 201
    assert [one["name"] for one in calling("ben").ask("GET", "/lists/accounts/views").json()["items"]] == ["Paper"]
    assert calling("sven").ask("GET", "/lists/accounts/views").json()["items"] == []
    assert calling("ben").ask("DELETE", f"/views/{kept.json()['id']}").status_code == 404
    assert calling("noor").ask("DELETE", f"/views/{kept.json()['id']}").status_code == 204


def test_conditions_without_end_break_nothing(noor: Caller) -> None:
    """Each is one of a question's 2,000 characters; what no list declares is left out, as on its page."""
    many = "a=1&" * 499
    assert noor.ask("GET", f"/lists/pipeline?{urlencode({'where': many})}").status_code == 200
    assert noor.ask("POST", "/lists/pipeline/views", {"name": "Many", "shared": "me", "where": many}).status_code == 201
