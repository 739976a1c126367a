"""Lists in the browser's terms: files that hold what is shown, views, changes in two steps, one value in its place."""

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from bailiwick.ledger.models import AccessRecord
from bailiwick.pipeline.commands import NewOpportunity, open_opportunities
from bailiwick.pipeline.models import Opportunity
from tests.lists.test_asking import dealt
from tests.village import NOW, TODAY, Village

SignIn = Callable[[str], Client]
FILE = "/lists/pipeline/file/"


def rows_of_csv(client: Client, query: str = "") -> list[list[str]]:
    answer = client.get(f"{FILE}csv{query}")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_file_holds_exactly_the_columns_rows_and_order_that_the_page_shows(village: Village, signed_in: SignIn) -> None:
    dealt(village, "noor", ["100.50", "250", None])
    found = rows_of_csv(signed_in("noor"), "?q=noor&order=-value&columns=title,value,expected")
    assert found[0] == ["Opportunity", "Value", "Currency", "Expected close"]
    assert [row[:3] for row in found[1:]] == [["noor 1", "250.00", "EUR"], ["noor 0", "100.50", "EUR"], ["noor 2", "", ""]]
    assert date.fromisoformat(found[1][3]) > TODAY


def test_a_workbook_holds_numbers_days_and_texts_that_stay_texts(village: Village, signed_in: SignIn) -> None:
    title = '=HYPERLINK("http://evil.example","noor")'
    open_opportunities([NewOpportunity(title=title, value=Decimal("12.5"), currency="EUR", expected=TODAY)], by=village.actor("noor"), now=NOW)  # fmt: skip
    answer = signed_in("noor").get(f"{FILE}xlsx?q=noor&columns=title,value,expected")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert sheet[1] == [title, 12.5, "EUR", TODAY]
    assert b"<f>" not in answer.content
    for cell in rows_of_csv(signed_in("noor"), "?q=noor&columns=title")[1]:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_file_of_others_rows_stands_in_their_record_of_reads(village: Village, signed_in: SignIn) -> None:
    dealt(village, "noor", ["1"])
    signed_in("aylin").get(f"{FILE}csv?q=noor")
    looks = AccessRecord.objects.in_network(village.by).filter(page="list_file", viewer=village.people["aylin"].pk)
    assert village.people["noor"].pk in set(looks.values_list("person", flat=True))


@pytest.mark.parametrize("path", [f"{FILE}pdf", "/lists/secrets/file/csv", f"{FILE}csv?order=password", f"{FILE}csv?unit=x"])
def test_a_file_of_something_else_is_refused_in_words(signed_in: SignIn, path: str) -> None:
    answer = signed_in("noor").get(path)
    assert answer.status_code in (404, 422)
    assert b"<h1>" in answer.content


def test_a_view_is_kept_shared_and_dropped_and_everybody_sees_their_own_rows_in_it(village: Village, signed_in: SignIn) -> None:
    dealt(village, "noor", ["100"])
    dealt(village, "ben", ["200"])
    noor, ben = signed_in("noor"), signed_in("ben")
    noor.post("/lists/pipeline/views", {"query": "standing=undecided&order=-value", "name": "Big ones", "shared": "unit"})
    found = re.search(r'<a href="(/pipeline\?[^"]*)">Big ones</a>', ben.get("/pipeline").content.decode())
    assert found is not None
    page = ben.get(found[1].replace("&amp;", "&")).content.decode()
    assert "ben 0" in page
    assert "noor 0" not in page
    for stranger in ("sven", "piet", "clara"):
        assert "Big ones" not in signed_in(stranger).get("/pipeline").content.decode()
    own = noor.get("/pipeline?standing=undecided&order=-value").content.decode()
    drop = re.search(r'action="(/views/[^"]+/drop)"', own)
    assert drop is not None
    assert ben.post(drop[1]).status_code == 404
    noor.post(drop[1])
    assert "Big ones" not in ben.get("/pipeline").content.decode()


def test_several_rows_are_changed_in_two_steps_and_undone_in_one(village: Village, signed_in: SignIn) -> None:
    names = dealt(village, "noor", ["1", "2"])
    client = signed_in("noor")
    rows = [f"{row.pk}:{row.version}" for row in Opportunity.objects.in_network(village.by).filter(title__in=names)]
    form = {"query": "", "act": "origin", "row": rows}
    asked = client.post("/lists/pipeline/changes", form).content.decode()
    assert "2 rows are meant" in asked
    shown = client.post(
        "/lists/pipeline/changes", {"query": "", "act": "origin", "picked": " ".join(rows), "value": "fair"}
    ).content.decode()
    assert "One row would change" in shown  # the other says so already
    assert "it says so already" in shown
    sure = {"query": "", "act": "origin", "picked": " ".join(rows), "value": "fair", "looked": "fair", "confirmed": "1"}
    done = client.post("/lists/pipeline/changes", sure)
    assert Opportunity.objects.in_network(village.by).filter(title__in=names, origin="fair").count() == 2
    client.post(f"{done['Location']}/undo")
    assert Opportunity.objects.in_network(village.by).filter(title__in=names, origin="fair").count() == 1


def test_a_value_of_which_no_preview_was_shown_is_previewed_first(village: Village, signed_in: SignIn) -> None:
    names = dealt(village, "noor", ["1"])
    row = Opportunity.objects.in_network(village.by).get(title=names[0])
    form = {"query": "", "act": "origin", "picked": f"{row.pk}:1", "value": "other", "looked": "fair", "confirmed": "1"}
    assert signed_in("noor").post("/lists/pipeline/changes", form).status_code == 200
    row.refresh_from_db()
    assert row.origin == ""


def test_all_that_fit_are_meant_on_every_page(village: Village, signed_in: SignIn) -> None:
    dealt(village, "noor", ["1"] * 60)
    form = {"query": "q=noor", "act": "origin", "all": "1"}
    assert "60 rows are meant" in signed_in("noor").post("/lists/pipeline/changes", form).content.decode()


def test_one_value_is_changed_in_its_place(village: Village, signed_in: SignIn) -> None:
    names = dealt(village, "noor", ["1"])
    row = Opportunity.objects.in_network(village.by).get(title=names[0])
    client, where = signed_in("noor"), f"/lists/pipeline/rows/{row.pk}/value"
    assert 'name="value"' in client.get(where, headers={"HX-Request": "true"}).content.decode()
    wrong = client.post(where, {"value": "viel", "version": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert "A number looks like" in wrong
    assert 'value="viel"' in wrong
    told = client.post(where, {"value": "1 200,50", "version": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert "€1,200.50" in told
    stale = client.post(where, {"value": "9", "version": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert "somebody changed it since" in stale
    row.refresh_from_db()
    assert row.value == Decimal("1200.50")


def test_without_scripts_the_value_has_a_page_of_its_own(village: Village, signed_in: SignIn) -> None:
    names = dealt(village, "noor", ["1"])
    row = Opportunity.objects.in_network(village.by).get(title=names[0])
    client, where = signed_in("noor"), f"/lists/pipeline/rows/{row.pk}/expected"
    assert "<h1>" in client.get(where).content.decode()
    assert client.post(where, {"value": "tomorrow", "version": "1"}).status_code == 422
    assert client.post(where, {"value": "", "version": "1"}).status_code == 302
    row.refresh_from_db()
    assert row.expected is None


@pytest.mark.parametrize("who", ["dora", "ben", "clara", "conny"])
def test_nobody_else_changes_a_value_in_its_place(village: Village, signed_in: SignIn, who: str) -> None:
    names = dealt(village, "noor", ["1"])
    row = Opportunity.objects.in_network(village.by).get(title=names[0])
    answer = signed_in(who).post(f"/lists/pipeline/rows/{row.pk}/value", {"value": "9", "version": "1"})
    assert answer.status_code in (403, 404, 422)
    row.refresh_from_db()
    assert row.value == 1
