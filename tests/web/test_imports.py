"""`imports`: an export is given, answered about, rehearsed, taken in, read about and undone; by the director alone."""

import csv
import io
import re
import threading
import zipfile
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bailiwick.cli.importer import take_next
from bailiwick.exchange.commands import unpacking
from bailiwick.exchange.commands.giving import forget_old
from bailiwick.exchange.models import GivenFile, Import, Refusal
from bailiwick.exchange.rules.targets import TARGETS
from bailiwick.kit import Role
from bailiwick.kit.speech import plain
from bailiwick.network.commands import add_members, end_membership
from bailiwick.network.commands.people import NewMember
from bailiwick.network.models import Membership
from bailiwick.pipeline.models import Opportunity
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import set_network
from bailiwick.territories.models import Account
from bailiwick.web.exports import HOLDS, label_of
from tests.exports import DEALS
from tests.village import NOW, Village, settle
from tests.web.test_people import OTHERS, body

SignIn = Callable[[str], Client]


def give(client: Client, *files: tuple[str, bytes | str], **typed: str) -> HttpResponse:
    sent = [SimpleUploadedFile(name, told.encode() if isinstance(told, str) else told) for name, told in files]
    for file, (name, _) in zip(sent, files, strict=True):
        file._name = name  # type: ignore[attr-defined] - as it comes over the line, not as Django cleans it
    return client.post("/imports", {"files": sent, **typed} if sent else typed)


def only(village: Village) -> Import:
    return Import.objects.in_network(village.by).get()


def given(client: Client, village: Village) -> Import:
    answer = give(client, ("deals.csv", DEALS))
    assert answer.status_code == 302, body(answer)
    of = only(village)
    assert answer["Location"] == at("import_", of)
    return of


def at(route: str, of: Import) -> str:
    return reverse(route, args=[of.pk])


def answer_all(client: Client, of: Import) -> HttpResponse:
    """The first choice of every question, as the page preselects it."""
    page = body(client.get(at("import_", of)))
    chosen = re.findall(r'name="(answer-\w+)" value="([^"]*)" checked', page)
    assert chosen
    return client.post(at("import_answer", of), dict(chosen))


def take(village: Village) -> Import:
    """What the importer does when it is woken."""
    network = Network.objects.get(pk=village.by.network)
    assert take_next(network, NOW, threading.Event())
    set_network(network.pk)
    return only(village)


@pytest.fixture
def dora(signed_in: SignIn) -> Client:
    return signed_in("dora")


@pytest.fixture
def ready(dora: Client, village: Village) -> Import:
    of = given(dora, village)
    assert answer_all(dora, of).status_code == 302
    of.refresh_from_db()
    return of


@pytest.fixture
def taken(dora: Client, village: Village, ready: Import) -> Import:
    assert dora.post(at("import_take", ready)).status_code == 302
    of = take(village)
    assert of.state == "taken", of.report.get("failed")
    return of


def test_without_imports_the_page_says_what_to_do(dora: Client) -> None:
    page = body(dora.get("/imports"))
    assert "Nothing was given yet." in page
    assert "HubSpot" in page


def test_a_given_export_waits_with_its_questions_and_examples(dora: Client, village: Village) -> None:
    of = given(dora, village)
    assert (of.source, of.state) == ("deals", "waiting")
    page = body(dora.get(at("import_", of)))
    assert "One thing has to be answered about “deals”" in page
    assert "stage “Qualified”" in page
    assert "Kranwerk AG · Nordseil GmbH · Hafenkette KG" in page
    assert "Take it in" not in page
    assert dora.post(at("import_take", of)).status_code == 422


def test_answered_it_says_what_would_happen_and_nothing_has(dora: Client, village: Village, ready: Import) -> None:
    before = Opportunity.objects.in_network(village.by).count()
    page = body(dora.get(at("import_", ready)))
    assert "“deals” would make 2 people, 4 companies and 24 deals" in page
    assert "2 people, 4 companies and 24 deals" in page
    assert "Take it in" in page
    assert "never" in page.split("Rows that would be refused", 1)[1]
    assert Opportunity.objects.in_network(village.by).count() == before


def test_a_column_is_chosen_otherwise_and_everything_is_read_again(dora: Client, ready: Import) -> None:
    columns = [name for name, _ in ready.report["tables"][0]["columns"]]
    place = columns.index("Value")
    sent = {"columns": "1", "kind-0": "opportunity", f"column-0-{place}": ""}
    assert dora.post(at("import_answer", ready), sent).status_code == 302
    ready.refresh_from_db()
    assert "opportunity.value" not in ready.mapping["tables"][0]["columns"]
    assert ready.report["rehearsed"]
    sent[f"column-0-{place}"] = "opportunity.value"
    dora.post(at("import_answer", ready), sent)
    ready.refresh_from_db()
    assert ready.mapping["tables"][0]["columns"]["opportunity.value"] == "Value"


def test_two_columns_cannot_be_the_same_and_the_choice_stays_on_the_page(dora: Client, ready: Import) -> None:
    columns = [name for name, _ in ready.report["tables"][0]["columns"]]
    sent = {"columns": "1", "kind-0": "opportunity", f"column-0-{columns.index('Company')}": "opportunity.value"}
    answer = dora.post(at("import_answer", ready), sent)
    assert answer.status_code == 422
    assert "cannot both be the same" in body(answer)
    assert body(answer).count('value="opportunity.value" selected') == 2
    ready.refresh_from_db()
    assert ready.mapping["tables"][0]["columns"]["opportunity.account"] == "Company"


def test_a_table_set_aside_by_hand_leaves_nothing_to_take_in(dora: Client, ready: Import) -> None:
    answer = dora.post(at("import_answer", ready), {"columns": "1", "kind-0": ""})
    assert answer.status_code == 422
    ready.refresh_from_db()
    assert ready.mapping["tables"][0]["kind"] == "opportunity"


def test_asked_for_it_shows_how_far_it_is(dora: Client, ready: Import) -> None:
    dora.post(at("import_take", ready))
    page = body(dora.get(at("import_", ready)))
    assert "<progress" in page
    assert 'http-equiv="refresh"' in page
    part = dora.get(at("import_progress", ready))
    assert part.status_code == 200
    assert "<html" not in body(part)
    assert dora.post(at("import_forget", ready)).status_code == 422
    assert dora.post(at("import_take", ready)).status_code == 422


def test_taken_in_it_reports_and_the_files_are_gone(dora: Client, village: Village, taken: Import) -> None:
    page = body(dora.get(at("import_", taken)))
    assert "“deals” made 2 people" in page
    assert "24 deals" in page
    assert "Undo" in page
    assert not GivenFile.objects.in_network(village.by).exists()
    assert Account.objects.in_network(village.by).filter(name="Kranwerk AG").exists()
    assert dora.get(at("import_progress", taken)).headers["HX-Refresh"] == "true"
    assert dora.post(at("import_take", taken)).status_code == 422
    assert dora.post(at("import_answer", taken), {"anew": "1"}).status_code == 422
    assert "deals" in body(dora.get("/imports"))


def test_refused_rows_are_a_file_that_no_spreadsheet_calculates(dora: Client, taken: Import) -> None:
    answer = dora.get(at("import_refused", taken), {"table": "deals.csv"})
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "no-store"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == [
        "Deal Id",
        "Deal Name",
        "Company",
        "Seller",
        "Stage",
        "Value",
        "Created",
        "Close Date",
        "refused_line",
        "refused_because",
    ]
    assert rows[1][1] == "'=1+1"
    assert rows[1][8] == "26"
    assert dora.get(at("import_refused", taken), {"table": "other.csv"}).status_code == 404


def test_many_refused_rows_are_paged(dora: Client, village: Village, taken: Import) -> None:
    more = [
        Refusal(network_id=village.by.network, of=taken, table="deals.csv", line=line, reason="No.", cells=["x"])
        for line in range(100, 200)
    ]
    Refusal.objects.in_network(village.by).bulk_create(more)
    page = body(dora.get(at("import_", taken)))
    following = re.search(r'rel="next" href="([^"]+)"', page)
    assert following
    assert page.count("<td") < 120
    assert dora.get(following[1].replace("&amp;", "&")).status_code == 200


def test_undoing_says_first_what_would_go_and_then_what_was_kept(dora: Client, village: Village, taken: Import) -> None:
    page = body(dora.get(at("import_undo", taken)))
    assert "2 people, 4 companies and 24 deals" in page
    Account.objects.in_network(village.by).filter(name="Seilbau Ost").update(version=2)
    assert dora.post(at("import_undo", taken)).status_code == 302
    page = body(dora.get(at("import_", taken)))
    assert "“deals” was undone" in page
    kept = Account.objects.in_network(village.by).get(name="Seilbau Ost")
    assert reverse("account", args=[kept.pk]) in page
    assert not Account.objects.in_network(village.by).filter(name="Kranwerk AG").exists()
    assert dora.post(at("import_undo", taken)).status_code == 422
    assert dora.get(at("import_undo", taken)).status_code == 422


def test_the_same_export_again_says_nothing_new(dora: Client, village: Village, taken: Import) -> None:
    taken.source = taken.source
    give(dora, ("deals.csv", DEALS))
    again = Import.objects.in_network(village.by).get(state="waiting")
    assert not again.mapping["questions"], "what was answered is remembered"
    assert "“deals” says nothing new" in body(dora.get(at("import_", again)))


def test_forgotten_it_is_gone_with_its_files(dora: Client, village: Village, ready: Import) -> None:
    assert dora.post(at("import_forget", ready)).status_code == 302
    assert not Import.objects.in_network(village.by).exists()
    assert not GivenFile.objects.in_network(village.by).exists()
    assert dora.get(at("import_", ready)).status_code == 404


def test_files_go_after_a_week(dora: Client, village: Village, ready: Import) -> None:
    assert forget_old(by=village.by, now=NOW + timedelta(days=6)) == 0
    assert forget_old(by=village.by, now=NOW + timedelta(days=9)) == 1
    assert not Import.objects.in_network(village.by).exists()
    assert forget_old(by=village.by, now=NOW + timedelta(days=9)) == 0


def test_whoever_is_no_director_any_more_takes_nothing_in(dora: Client, village: Village, ready: Import) -> None:
    dora.post(at("import_take", ready))
    row = Membership.objects.in_network(village.by).get(person=village.people["dora"], role=Role.DIRECTOR)
    root = village.units["firm"].pk
    add_members([NewMember(person=village.people["aylin"].pk, unit=root, role=Role.DIRECTOR)], by=village.by, now=NOW)
    end_membership(row.pk, by=village.by, now=NOW - timedelta(hours=1))
    of = take(village)
    assert of.state == "failed"
    assert "no director any more" in str(of.report["failed"])
    assert not Account.objects.in_network(village.by).filter(name="Kranwerk AG").exists()


def test_a_failure_is_said_plainly_and_can_be_tried_again(
    dora: Client, village: Village, ready: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    dora.post(at("import_take", ready))

    def breaks(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a secret")

    with monkeypatch.context() as patched:
        patched.setattr("bailiwick.exchange.commands.asked.take_in", breaks)
        of = take(village)
    assert of.state == "failed"
    page = body(dora.get(at("import_", of)))
    assert "“deals” was not taken in" in page
    assert "Something broke on our side" in page
    assert "a secret" not in page
    assert "Try again" in page
    assert dora.post(at("import_take", of)).status_code == 302
    assert take(village).state == "taken"


def test_nothing_asked_for_is_nothing_to_do(village: Village) -> None:
    assert not take_next(Network.objects.get(pk=village.by.network), NOW, threading.Event())


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ((), "No file was chosen"),
        ((("empty.csv", ""),), "empty.csv is empty"),
        ((("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(200)),), "photo.csv is a picture"),
        ((("notes.csv", "Dear Sir or Madam\nwe write to you\n"),), "notes.csv"),
        ((("weather.csv", "day,rain\n2026-01-01,3\n2026-01-02,4\n"),), "weather.csv is no sales export"),
        ((("bad.zip", b"PK\x03\x04" + bytes(40)),), "bad.zip is damaged"),
    ],
    ids=["no file", "empty", "picture", "letter", "no sales", "bad zip"],
)
def test_what_is_no_export_is_refused_by_name_and_nothing_is_kept(
    dora: Client, village: Village, files: tuple[tuple[str, bytes | str], ...], words: str
) -> None:
    answer = give(dora, *files, source="our crm", currency="chf")
    assert answer.status_code == 422
    page = body(answer)
    assert words in page
    assert 'value="our crm"' in page
    assert 'value="chf"' in page
    assert not Import.objects.in_network(village.by).exists()


def test_more_than_64_mb_are_refused_before_they_are_kept(dora: Client, village: Village) -> None:
    answer = give(dora, ("large.csv", b"x" * (65 * unpacking.MEGABYTE)))
    assert answer.status_code == 422
    assert "more than 64 MB" in body(answer)
    assert not GivenFile.objects.in_network(village.by).exists()


def test_an_archive_that_unpacks_to_too_much_is_left_unopened(dora: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "UNPACKED", 1000)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("deals.csv", DEALS * 10)
    answer = give(dora, ("all.zip", packed.getvalue()))
    assert answer.status_code == 422
    assert "all.zip unpacks to more than" in body(answer)


def test_a_zip_of_tables_is_read_as_they_are(dora: Client, village: Village) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("export/deals.csv", DEALS)
        archive.writestr("export/weather.csv", "day,rain\n2026-01-01,3\n2026-01-02,4\n")
    assert give(dora, ("crm-2026-11-20.zip", packed.getvalue())).status_code == 302
    of = only(village)
    assert of.source == "crm"
    page = body(dora.get(at("import_", of)))
    assert "One table is left aside" in page
    assert "?table=1#table-1" in page
    assert 'name="kind-1"' in body(dora.get(at("import_", of), {"table": "1"}))


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "..", "C:\\temp\\deals.csv", "a" * 300 + ".csv", ".csv", "/", "con:.csv", "Ä" * 150 + ".csv"]
)
def test_a_name_is_never_a_path(name: str) -> None:
    base = unpacking.base_name(name)
    assert base not in ("", ".", "..")
    assert not re.search(r"[/\\:\x00]", base)
    assert len(base.encode()) < 255
    tables = unpacking.tables_of([unpacking.Given(name, DEALS.encode())])
    assert [len(table.rows) for table in tables] == [25]


def test_a_hostile_name_is_shown_as_text(dora: Client, village: Village) -> None:
    assert give(dora, ("../<script>alert(1)</script>.csv", DEALS)).status_code == 302
    page = body(dora.get(at("import_", only(village))))
    assert "<script>alert" not in page


def test_cells_with_markup_are_shown_as_text(dora: Client, village: Village) -> None:
    assert give(dora, ("deals.csv", DEALS.replace("Kranwerk AG", "<b>Kran</b>"))).status_code == 302
    page = body(dora.get(at("import_", only(village))))
    assert "&lt;b&gt;Kran" in page
    assert "<b>Kran" not in page


def test_an_answer_that_was_no_choice_is_refused(dora: Client, village: Village) -> None:
    of = given(dora, village)
    page = body(dora.get(at("import_", of)))
    name = re.search(r'name="(answer-\w+)"', page)
    assert name
    assert dora.post(at("import_answer", of), {name[1]: "made up"}).status_code == 422
    assert dora.post(at("import_answer", of), {"answer-0000": "Proposal"}).status_code == 302
    of.refresh_from_db()
    assert of.mapping["questions"]


@pytest.mark.parametrize(("name", "status"), OTHERS.items())
def test_nobody_but_the_director_comes_here(signed_in: SignIn, dora: Client, village: Village, name: str, status: int) -> None:
    of = given(dora, village)
    client, closed = signed_in(name), (302 if status == 302 else 403)
    assert client.get("/imports").status_code == closed
    assert give(client, ("deals.csv", DEALS)).status_code == closed
    for route in ("import_", "import_progress", "import_refused", "import_undo"):
        assert client.get(at(route, of)).status_code == closed
    for route in ("import_answer", "import_take", "import_forget", "import_undo"):
        assert client.post(at(route, of)).status_code == closed
    assert Import.objects.in_network(village.by).count() == 1


def test_an_import_of_another_network_is_not_there(dora: Client, village: Village) -> None:
    other = settle("elsewhere")
    row = Import(network_id=other.by.network, source="theirs", by=other.people["dora"].pk, created=NOW)
    row.save(force_insert=True)
    set_network(village.by.network)
    for route in ("import_", "import_progress", "import_refused", "import_undo"):
        assert dora.get(at(route, row)).status_code == 404
    for route in ("import_answer", "import_take", "import_forget", "import_undo"):
        assert dora.post(at(route, row)).status_code == 404
    assert dora.get(reverse("import_", args=[UUID(int=7)])).status_code == 404


def test_who_is_woken_is_told_at_commit(dora: Client, ready: Import) -> None:
    said: list[str] = []

    def watch(execute: Callable[..., object], sql: str, params: object, many: bool, context: object) -> object:
        said.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        dora.post(at("import_take", ready))
    assert any("pg_notify" in sql for sql in said)


@pytest.mark.parametrize("target", TARGETS)
def test_whatever_a_column_can_be_has_its_word(target: str) -> None:
    assert label_of(target, plain())
    assert TARGETS[target].kind in HOLDS
