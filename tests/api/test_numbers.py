"""Numbers through the API: who reads which, their rows, and a problem document for whatever is asked wrong."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest

from bailiwick.ledger.models import AccessRecord
from bailiwick.measures import MEASURES
from bailiwick.measures.dimensions import dimensions_of
from bailiwick.pipeline.commands import NewActivity, log_activities
from bailiwick.pipeline.models import Activity, Opportunity
from tests.api.conftest import Caller
from tests.performance.dealt import aim, deals
from tests.village import NOW, TODAY, Village

Calling = Callable[..., Caller]
APRIL = "period=2024-04"


def one(answer: Any) -> dict[str, Any]:
    """The only row of an answer."""
    [row] = answer["rows"]
    found: dict[str, Any] = row
    return found


def is_problem(caller: Caller, path: str, status: int = 422) -> dict[str, Any]:
    """A document that says in words what was wrong."""
    answer = caller.ask("GET", path)
    assert answer.status_code == status, (path, answer.content)
    assert answer["Content-Type"] == "application/problem+json"
    found: dict[str, Any] = caller._read(answer, status)
    assert found["status"] == status
    assert found["detail"]
    return found


@pytest.mark.parametrize(
    ("name", "status", "names"),
    [
        *((name, 200, len(MEASURES)) for name in ("dora", "aylin", "jonas", "paula", "astrid", "stefan")),
        *((name, 200, len(MEASURES) - 2) for name in ("noor", "ben", "sven", "piet", "arvid")),
        *((name, 403, 0) for name in ("clara", "conny", "luis", "ines")),
    ],
)
def test_measures_are_for_whoever_sells_or_leads_and_their_words_for_the_steward(
    calling: Calling, name: str, status: int, names: int
) -> None:
    caller = calling(name)
    found = caller.get("/measures", status)
    if status == 200:
        assert len(found["items"]) == names
    counts = 403 if name == "stefan" else status
    for path in ("/measures/win_rate", "/measures/win_rate/cases"):
        assert caller.ask("GET", path).status_code == counts
    leads = 200 if name in ("dora", "aylin", "jonas", "paula", "astrid") else 403
    assert caller.ask("GET", "/measures/attainment").status_code == leads


def test_a_rate_has_its_interval_and_says_whether_it_is_enough(village: Village, calling: Calling) -> None:
    """3 of 4: Wilson with 1.645: 0.356 to 0.942. The undated deal of Noor stands beside it."""
    deals(village, "noor", 1, 2, 3)
    deals(village, "noor", 4, outcome="lost")
    row = one(calling("noor").get(f"/measures/win_rate?{APRIL}"))
    assert (row["value"], row["n"], row["k"], row["enough"], row["beside"]) == (0.75, 4, 3, False, {"undated": 1})
    assert [row["low"], row["high"]] == pytest.approx([0.356, 0.942], abs=0.001)
    assert row["key"] is None


def test_everybody_counts_the_rows_in_their_own_sight(village: Village, calling: Calling) -> None:
    for who, count in (("noor", 3), ("ben", 2), ("sven", 4), ("piet", 1)):
        deals(village, who, *[10] * count)
    found = {
        who: one(calling(who).get(f"/measures/won_count?{APRIL}"))["n"] for who in ("dora", "aylin", "noor", "sven", "paula")
    }
    assert found == {"dora": 10, "aylin": 6, "noor": 3, "sven": 4, "paula": 1}
    sold = calling("aylin").get(f"/measures/won_value?{APRIL}&by=seller")
    assert [(row["key"], row["value"], row["currency"]) for row in sold["rows"]] == [
        ("Ben Okafor", 20, "EUR"), ("Noor Haddad", 30, "EUR"), ("Piet Vos", 10, "EUR"),
    ]  # fmt: skip
    where = calling("dora").get(f"/measures/won_count?{APRIL}&where={quote('unit=cobalt payments')}")
    assert (one(where)["n"], where["where"]) == (6, {"unit": "cobalt payments"})


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.whole)])
def test_where_nothing_fits_there_is_no_value_and_no_failure(calling: Calling, whole: bool) -> None:
    dora = calling("dora")
    for measure in MEASURES.values():
        for by in ("", *dimensions_of(measure)) if whole else ("",):
            found = dora.get(f"/measures/{measure.name}?period=1999&by={by}")
            assert all(row["n"] == 0 or row["value"] is not None for row in found["rows"]), measure.name
    assert dora.get("/measures/won_count/cases?period=1999") == {"items": [], "next": ""}


WRONG = {
    "by=colour": "not told apart by",
    "by=unit,seller": "not told apart by",
    "period=soon": "is no period",
    "period=2026-13": "is no period",
    f"period={'2' * 61}": "",
    "period=%00": "",
    "by=%00": "",
    "where=x": "is no condition",
    "where==x": "is no condition",
    "where=colour=red": "not told apart by",
    "where=manager=Nobody": "Nothing here is called",
    "where=unit=Nowhere": "Nothing here is called",
    "where=manager=%00": "",
    "where=sector=%00": "",
    f"where={'x' * 5000}": "",
    "where=seller=Noor+Haddad&where=seller=Ben+Okafor": "",
    "colour=red": "",
}


@pytest.mark.parametrize(("query", "said"), WRONG.items())
def test_what_is_asked_wrong_is_a_problem_in_words(calling: Calling, query: str, said: str) -> None:
    for path in ("/measures/win_rate", "/measures/win_rate/cases"):
        problem = is_problem(calling("dora"), f"{path}?{query}")
        if "by" not in query or path.endswith("rate"):
            assert said in problem["detail"]
        assert "number is too large" not in problem["detail"]


@pytest.mark.parametrize(
    "cursor", ["x", "2026-01-01", "2026-01-01_", "2026-13-01_01a21c00-0000-7000-8000-000000000000", "_", "%00", "a" * 3000]
)
def test_a_cursor_that_no_list_gave_is_a_problem(calling: Calling, cursor: str) -> None:
    for measure in ("won_count", "activities_per_week", "stage_conversion"):
        is_problem(calling("dora"), f"/measures/{measure}/cases?cursor={cursor}")


@pytest.mark.parametrize(
    "path", ["/measures/happiness", "/measures/happiness/cases", "/measures/attainment/cases", "/measures/Ä"]
)
def test_what_is_no_measure_is_not_there(calling: Calling, path: str) -> None:
    is_problem(calling("dora"), quote(path), 404)


def test_somebody_out_of_sight_is_nobody(village: Village, calling: Calling) -> None:
    """The same answer, whether there is such a person elsewhere or nowhere."""
    there, nowhere = (
        is_problem(calling("noor"), f"/measures/won_count?where=seller={quote(name)}") for name in ("Sven Berg", "No One")
    )
    assert there["detail"].replace("Sven Berg", "No One") == nowhere["detail"]


def test_the_cases_are_as_many_as_the_figure_says_page_by_page(village: Village, calling: Calling) -> None:
    deals(village, "noor", *range(1, 8))
    deals(village, "piet", *range(1, 6), outcome="lost")
    dora, seen, cursor = calling("dora"), [], ""
    while True:
        page = dora.get(f"/measures/win_rate/cases?{APRIL}&limit=5&cursor={cursor}")
        seen += page["items"]
        if not (cursor := page["next"]):
            break
    inside = [case for case in seen if not case["aside"]]
    assert len({case["subject"] for case in seen}) == len(seen)
    assert (len(inside), sum(case["hit"] for case in inside)) == (12, 7)
    assert one(dora.get(f"/measures/win_rate?{APRIL}"))["n"] == 12


def test_whose_rows_are_told_is_recorded(village: Village, calling: Calling) -> None:
    log_activities([NewActivity(kind="call", day=TODAY)], whose=village.side("ben"), by=village.actor("ben"), now=NOW)
    Activity.objects.in_network(village.by).exclude(person=village.people["ben"].pk).delete()
    Opportunity.objects.in_network(village.by).exclude(person=village.people["noor"].pk).update(outcome="lost", decided=TODAY)
    dora = calling("dora")
    for path, who in (("activities_per_week/cases", "ben"), ("pipeline_count/cases", "noor")):
        dora.get(f"/measures/{path}")
        looked = AccessRecord.objects.in_network(village.by).values_list("person", flat=True)
        assert village.people[who].pk in set(looked), path


@pytest.mark.parametrize(
    ("name", "status"),
    [("dora", 200), ("aylin", 200), ("noor", 200), ("piet", 200), ("clara", 403), ("stefan", 403), ("ines", 403)],
)
def test_targets_are_for_whoever_deals(village: Village, calling: Calling, name: str, status: int) -> None:
    calling(name).get("/targets", status)


def test_a_target_is_told_with_how_it_stands_to_whoever_counts_it(village: Village, calling: Calling) -> None:
    """30 of 40; all of April has passed. Noor does not see every row of Cobalt, so that no figure is hers."""
    deals(village, "noor", 30)
    row = aim(village, 40)
    [told] = calling("dora").get("/targets")["items"]
    assert (told["id"], told["amount"], told["value"], told["attained"], told["elapsed"]) == (str(row.pk), "40", 30, 0.75, 1)
    [mine] = calling("noor").get("/targets")["items"]
    assert (mine["amount"], mine["value"], mine["attained"], mine["course"]) == ("40", None, None, "none")


def test_a_target_is_restated_and_withdrawn_by_its_version_only(village: Village, calling: Calling) -> None:
    row, dora = aim(village, 40), calling("dora")
    at = f"/targets/{row.pk}"
    assert dora.send("PATCH", at, {"amount": "50", "version": 1})["version"] == 2
    stale = dora.send("PATCH", at, {"amount": "60", "version": 1}, 409)
    assert (stale["type"], stale["version"]) == ("/problems/stale", 2)
    assert Decimal(stale["stored"]["amount"]) == 50
    assert dora.send("DELETE", f"{at}?version=1", status=409)["version"] == 2
    for wrong in ("0", "x", "", "99999999999"):
        dora.send("DELETE", f"{at}?version={wrong}", status=422)
    for body in ({"amount": "0", "version": 2}, {"amount": "x", "version": 2}, {"version": 2}, {"amount": "1"}):
        dora.send("PATCH", at, body, 422)
    calling("aylin").send("PATCH", at, {"amount": "1", "version": 2}, 403)
    calling("jonas").send("PATCH", at, {"amount": "1", "version": 2}, 404)
    dora.send("DELETE", f"{at}?version=2", status=204)
    dora.send("DELETE", f"{at}?version=3", status=404)


def test_the_client_is_told_counts_and_days_of_the_own_project(village: Village, calling: Calling) -> None:
    deals(village, "noor", 777, day=TODAY)
    answer = calling("clara").ask("GET", "/client")
    [told] = calling("clara").get("/client")["items"]
    assert told["name"] == "Cobalt Payments"
    assert not [word for word in ("777", "Noor", "Hafen", "EUR", "Delta") if word in answer.content.decode()]
    for name in ("dora", "aylin", "noor", "stefan"):
        calling(name).get("/client", 403)


def test_a_problem_is_told_in_the_language_that_is_asked_for(calling: Calling) -> None:
    answer = calling("dora").ask("GET", "/measures/win_rate?period=soon", Accept_Language="de")
    assert "„soon“ ist kein Zeitraum." in answer.content.decode()
