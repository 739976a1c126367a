"""Invariant 19 after an import: of somebody erased nothing is found in any table, nor comes back by undoing or importing again."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection

from bailiwick.cli.erased import Erased, erase_again
from bailiwick.exchange.commands.undoing import undo
from bailiwick.exchange.models import GivenFile, Import, Refusal, Taken
from bailiwick.exchange.rules.records import Finding, Rehearsal
from bailiwick.kit import Actor, say
from bailiwick.ledger import asking
from bailiwick.network.commands import erase_person, leave
from bailiwick.network.models import Person, Unit
from bailiwick.offer.models import Product
from bailiwick.pipeline.commands.leads import erase_lead
from bailiwick.pipeline.models import Activity, Lead, Opportunity, Process
from bailiwick.tenancy.models import Network
from bailiwick.territories.commands import erase_contact
from bailiwick.territories.models import Contact
from tests.village import Village

from .small import NOW, PRODUCT, READING, REFUSED, a_network, account, changed, deal, person, taken
from .test_attacks import activity, contact, lead, told

pytestmark = pytest.mark.django_db
NAME, MAIL, PHONE = "Xantippë Quorx", "xantippe.quorx@private.example", "+49 151 98765432"
TOLD = ("xantipp", "quorx", "98765432", "987 654 32", "vlonkwort")
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def by(village: Village) -> Actor:
    return a_network()


def found() -> list[tuple[str, str]]:
    """Every table and word of which some row tells, bytes read as text in every encoding."""
    hits = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
        for (name,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{name}" t')
            text = "\n".join(one for (one,) in cursor.fetchall()).lower()
            hits += [(name, word) for word in TOLD if word in text]
        cursor.execute("SELECT content FROM exchange_givenfile")
        for (content,) in cursor.fetchall():
            data = bytes(content).lower()
            hits += [
                ("bytes", word) for word in TOLD for code in ("utf-8", "utf-16-le", "utf-16-be") if word.encode(code) in data
            ]
    return hits


def export(by: Actor) -> tuple[Import, Rehearsal]:
    """An export in which the person, under every spelling, stands wherever a person can."""
    people = (changed(person(NAME), email=MAIL, phone=PHONE), person("Anna"))
    product = replace(PRODUCT, key="p1")
    records = told(
        person=people,
        account=(account("Acme"),),
        contact=(contact(f"{NAME} · Acme", "Acme", name=NAME, email=MAIL, phone=PHONE),),
        product=(changed(product, name="Quorx, Xantippe: training", code="XANTIPPE QUORX"),),
        lead=(lead("l1", "Anna", name=NAME, company="Zed", email=MAIL, phone=PHONE),),
        opportunity=(
            changed(deal("Xantippe Quorx 1", "Anna", "Acme", title="QUORX XANTIPPE, hoist", reason=f"asked {MAIL}"), lines=[]),
            changed(deal("d2", NAME, "Acme", "lost", reason="vlonkwort"), lines=[("p1", Decimal(1), None)]),
        ),
        activity=(activity("a1", "Anna", "Acme", text="Quorx, Xantippë: 0151-98765432"), activity("a2", NAME, "Acme", text="vlonkwort")),
    )  # fmt: skip
    cells = (("Xantippe", "Quorx", "x"), (MAIL.upper(),), ("0049/151/987 654 32",), ("Xantippë Quorx",), ("Berta", "Blum"))
    refused = tuple(
        replace(REFUSED[0], line=n, cells=one, reason=say("%(cell)s is no day.", cell=one[0])) for n, one in enumerate(cells)
    )
    findings = (Finding("spelling", say("%(pair)s", pair="“QUORX X.” is read as “Xantippë Quorx”"), 1),)
    rehearsed = replace(records, refused=refused, findings=findings)
    same = {"person": {"QUORX X.": NAME, "Bert": "Berta"}, "step": {"Bei Xantippe Quorx": "Engaging"}}
    reading = replace(READING, source="export of xantippe_quorx", same=same, outcomes={"Won with Xantippe Quorx": "won"})
    return taken(rehearsed, by, reading), rehearsed


def erase_the_person(by: Actor, which: UUID) -> None:
    anna = Person.objects.in_network(by).get(name="Anna").pk
    leave(person=which, shares={held.id: anna for held in asking.holdings(which, by) if held.kind != "unit"}, by=by, now=LATER)
    erase_person(person=which, by=by, now=LATER)


def everybody_goes(by: Actor) -> None:
    """The same human being is a seller, a contact and a lead here, and is erased as each of them."""
    erase_contact(Contact.objects.in_network(by).get(name=NAME).pk, by=by, now=LATER)
    erase_lead(Lead.objects.in_network(by).get(name=NAME).pk, by=by, now=LATER)
    erase_the_person(by, Person.objects.in_network(by).get(name=NAME).pk)


def test_before_the_erasure_the_words_are_found(by: Actor) -> None:
    export(by)
    tables = {table for table, _ in found()}
    assert {"exchange_import", "exchange_refusal", "network_person", "pipeline_opportunity", "offer_product"} <= tables


def test_after_it_no_table_tells_them(by: Actor) -> None:
    of, _ = export(by)
    everybody_goes(by)
    assert found() == []
    row = Import.objects.in_network(by).get(pk=of.pk)
    assert row.mapping["same"]["person"] == {"Bert": "Berta"}
    assert list(Refusal.objects.in_network(by).values_list("cells", flat=True)) == [["Berta", "Blum"]]
    assert Opportunity.objects.in_network(by).count() == 2
    assert Product.objects.in_network(by).get().name.endswith("training")


@pytest.mark.parametrize("kind", [Person, Contact, Lead])
def test_each_of_them_alone_takes_the_traces_along(by: Actor, kind: type[Person] | type[Contact] | type[Lead]) -> None:
    export(by)
    which = kind.objects.in_network(by).get(name=NAME).pk
    verbs: dict[object, Callable[[], object]] = {
        Person: lambda: erase_the_person(by, which),
        Contact: lambda: erase_contact(which, by=by, now=LATER),
        Lead: lambda: erase_lead(which, by=by, now=LATER),
    }
    verbs[kind]()
    exchange = [hit for hit in found() if hit[0].startswith("exchange_")]
    assert exchange == []


def test_what_an_import_changed_is_not_put_back(by: Actor) -> None:
    _, rehearsed = export(by)
    source = Import.objects.in_network(by).get().source
    records = {kind: [changed(one, **other(one.kind)) for one in ones] for kind, ones in rehearsed.records.items()}
    second = taken(
        replace(rehearsed, records=records, refused=(), findings=()),
        by,
        replace(READING, source=source),
        NOW + timedelta(minutes=1),
    )
    assert Taken.objects.in_network(by).exclude(before=None).count() >= 5
    Person.objects.in_network(by).filter(name="Else").update(name=NAME)  # both are known here by the name
    for model in (Contact, Lead):
        model.objects.in_network(by).filter(name="Else").update(name=NAME)
    everybody_goes(by)
    assert found() == []
    undo(second.pk, by=by, now=LATER + timedelta(hours=1))
    assert found() == []


def other(kind: str) -> dict[str, str]:
    return {"opportunity": {"title": "Else"}, "activity": {"text": "Else"}, "product": {}, "account": {"city": "Kiel"}}.get(kind, {"name": "Else"} if kind in ("contact", "lead") else {"phone": ""})  # fmt: skip


def test_an_import_again_does_not_fill_the_erased_lead_or_contact(by: Actor) -> None:
    _, rehearsed = export(by)
    everybody_goes(by)
    source = Import.objects.in_network(by).get().source
    more = told(
        lead=[changed(rehearsed.records["lead"][0], company="Else")],
        account=rehearsed.records["account"],
        contact=[changed(rehearsed.records["contact"][0], position="Head")],
        person=[*rehearsed.records["person"]],
    )
    taken(more, by, replace(READING, source=source), LATER + timedelta(hours=1))
    assert found() == []
    assert Lead.objects.in_network(by).count() == Contact.objects.in_network(by).count() == 1


def test_units_and_processes_called_after_somebody_are_called_otherwise(by: Actor) -> None:
    export(by)
    root = Unit.objects.in_network(by).get(parent=None)
    Unit.objects.in_network(by).filter(pk=root.pk).update(name="Team Quorx, Xantippe")
    assert "xantippe" in Process.objects.in_network(by).get().name
    everybody_goes(by)
    assert found() == []


def test_a_namesake_of_half_the_name_stays(by: Actor) -> None:
    export(by)
    Opportunity.objects.in_network(by).filter(source_id="d2").update(title="Quorx & Sons")
    erase_lead(Lead.objects.in_network(by).get(name=NAME).pk, by=by, now=LATER)
    assert Opportunity.objects.in_network(by).get(source_id="d2").title == "Quorx & Sons"


# --- files that wait

LINES = f"id,first,last\n1,Xantippë,Quorx\n2,Berta,Blum\n{'3,Zoe,Zander' * 3}\n"


def packed(text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("people.csv", text)
    return out.getvalue()


def waiting(by: Actor, *contents: bytes, name: str = "people.csv") -> Import:
    report = {
        "tables": [{"table": "people.csv", "rows": 2, "columns": [["first", ["Xantippë", "Berta"]], ["last", ["Quorx", "Blum"]]]}]
    }
    of = Import.objects.in_network(by).create(network_id=by.network, source="waiting", by=by.person, created=NOW, report=report)
    for content in contents:
        GivenFile.objects.in_network(by).create(network_id=by.network, of=of, name=name, content=content)
    return of


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "mac-roman"])
def test_a_waiting_file_that_names_them_goes_with_its_export(by: Actor, code: str) -> None:
    export(by)
    of = waiting(by, LINES.encode(code), b"id,first,last\n2,Berta,Blum\n")
    everybody_goes(by)
    assert not GivenFile.objects.in_network(by).exists()
    of.refresh_from_db(from_queryset=Import.objects.in_network(by))
    assert found() == []
    assert "Berta" not in json.dumps(of.report)


def test_a_waiting_file_that_cannot_be_searched_goes_too(by: Actor) -> None:
    export(by)
    waiting(by, packed("id,name\n1,Berta\n"), name="people.zip")
    everybody_goes(by)
    assert not GivenFile.objects.in_network(by).exists()


def test_a_waiting_file_without_them_stays(by: Actor) -> None:
    export(by)
    waiting(by, b"id,first,last\n1,Xantippe,Zander\n2,Berta,Quorx\n")
    erase_lead(Lead.objects.in_network(by).get(name=NAME).pk, by=by, now=LATER)
    assert GivenFile.objects.in_network(by).count() == 1


def test_an_erased_lead_is_erased_again_after_a_restore(by: Actor) -> None:
    export(by)
    row = Lead.objects.in_network(by).get(name=NAME)
    listed = [Erased(by.network, "lead", row.pk, LATER)]
    assert Network.objects.filter(pk=by.network).exists()
    assert erase_again(listed, LATER) == (1, [])
    row.refresh_from_db(from_queryset=Lead.objects.in_network(by))
    assert row.name == ""
    assert Activity.objects.in_network(by).count() == 2
