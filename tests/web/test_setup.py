"""The page on which the director settles what an import could not know."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from bailiwick.exchange.models import SetupAnswer
from bailiwick.network.commands import add_units
from bailiwick.network.commands.setting_up import NewUnit
from bailiwick.network.models import Access, Invitation, Membership, Person, Unit
from bailiwick.offer.models import Price, PriceList
from bailiwick.pipeline.models import Opportunity
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import set_network
from bailiwick.territories.models import Holding
from tests.exchange.small import DEALS, rehearsal, taken
from tests.exchange.test_setting_up import WON
from tests.village import NOW, Village

CURRENCY = "In which currency are the amounts?"
UNITS = "Are these the units, and who answers for each?"
DIRECTOR = "Who directs?"
FLOORS = "Below which price is selling no longer everyday business?"
CALLERS = "Who calls on companies on which several people work?"
ALL = (CURRENCY, UNITS, DIRECTOR, FLOORS, CALLERS)


@pytest.fixture
def dora(village: Village, signed_in: Callable[[str], Client]) -> Iterator[Client]:
    """The director of a network into which an export has just come, without a currency."""
    Network.objects.filter(pk=village.by.network).update(currency="")
    taken(rehearsal([*DEALS, *WON]), village.by, now=NOW - timedelta(days=1))
    yield signed_in("dora")
    connection.check_constraints()


def text(answer: HttpResponse) -> str:
    return unescape(answer.content.decode())


def headings(client: Client) -> list[str]:
    """The questions that are asked."""
    found = re.findall(r'class="card stack asking".*?<h2>(.*?)</h2>', text(client.get("/setup")), re.DOTALL)
    return [heading for heading in found if heading in ALL]


def version(client: Client, action: str) -> str:
    """The proposal that a form stands for."""
    found = re.search(rf'action="{action}".*?name="version" value="([^"]*)"', text(client.get("/setup")), re.DOTALL)
    assert found
    return found[1]


def who(village: Village, name: str) -> UUID:
    set_network(village.by.network)
    found: UUID = Person.objects.in_network(village.by).get(name=name).pk
    return found


def unit(village: Village, name: str) -> Unit:
    set_network(village.by.network)
    return Unit.objects.in_network(village.by).get(name=name)


def test_every_question_is_asked_with_its_reason_and_what_speaks_for_an_answer(dora: Client) -> None:
    shown = text(dora.get("/setup"))
    assert headings(dora) == list(ALL)
    for words in (
        "5 things to settle",
        "21 deals with a value, one price list",
        "1 of 21 deals",
        "17.0%",
        "Bert",
        "What works now",
    ):
        assert words in shown
    assert shown.count("Not now") == len(ALL)
    assert "needs contacts" not in shown  # the village has some


def test_a_network_without_an_import_has_nothing_to_settle(signed_in: Callable[[str], Client]) -> None:
    shown = text(signed_in("dora").get("/setup"))
    assert "Nothing is left to settle" in shown
    assert "What works now" in shown


@pytest.mark.parametrize("name", ["aylin", "noor", "paula", "clara", "stefan"])
def test_nobody_else_comes_here(dora: Client, signed_in: Callable[[str], Client], name: str) -> None:
    for path in ("", "/currency", "/units", "/director", "/floors", "/callers", "/later", "/again"):
        assert signed_in(name).get(f"/setup{path}").status_code == 403
        if path:
            assert signed_in(name).post(f"/setup{path}").status_code == 403


def test_the_currency_is_stated_with_one_click(dora: Client, village: Village) -> None:
    answer = dora.post("/setup/currency", {"currency": "EUR"})
    assert (answer.status_code, answer["Location"]) == (302, "/setup")
    assert CURRENCY not in headings(dora)
    set_network(village.by.network)
    assert set(Opportunity.objects.in_network(village.by).values_list("currency", flat=True)) == {"EUR"}
    again = dora.post("/setup/currency", {"currency": "USD"})
    assert again.status_code == 422
    assert "This is settled already." in text(again)


@pytest.mark.parametrize("code", ["", "XXX", "eur", "a\x00b", "E" * 900])
def test_an_unknown_currency_is_refused_beside_the_question(dora: Client, code: str) -> None:
    answer = dora.post("/setup/currency", {"currency": code})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in text(answer)
    assert CURRENCY in headings(dora)


def form_of(village: Village, **more: str) -> dict[str, str]:
    north = unit(village, "North")
    return {f"name-{north.pk}": "Hamburg", f"version-{north.pk}": str(north.version), f"manager-{north.pk}": ""} | more


def test_units_are_renamed_and_get_their_managers(dora: Client, village: Village) -> None:
    team = unit(village, "North A")
    over = add_units([NewUnit(name="Bare", kind="office", parent=village.units["firm"].pk)], by=village.by, now=NOW)[0]
    Unit.objects.in_network(village.by).filter(pk=team.pk).update(parent=over)
    shown = text(dora.get("/setup"))
    # its only team is managed by Rita, who is therefore proposed
    chosen = re.search(rf'name="manager-{over.pk}".*?<option value="([^"]+)" selected>(\w+)<', shown, re.DOTALL)
    assert chosen
    assert chosen[2] == "Rita"
    form = {f"name-{over.pk}": "Hamburg", f"version-{over.pk}": "1", f"manager-{over.pk}": chosen[1]}
    assert dora.post("/setup/units", form).status_code == 302
    assert UNITS not in headings(dora)
    assert unit(village, "Hamburg").pk == over.pk
    manager = Membership.objects.in_network(village.by).get(unit=over, role="manager", until=None)
    assert manager.person_id == who(village, "Rita")


def test_what_was_typed_wrong_about_a_unit_changes_nothing(dora: Client, village: Village) -> None:
    north = unit(village, "North")
    wrong = [
        {f"name-{north.pk}": " "},
        {f"name-{north.pk}": "x" * 300},
        {f"manager-{north.pk}": "nobody"},
        {f"manager-{north.pk}": str(uuid4())},
        {f"manager-{north.pk}": str(village.people["clara"].pk)},
        {f"version-{north.pk}": "7"},
        {f"version-{north.pk}": "٣"},
    ]
    for fields in wrong:
        answer = dora.post("/setup/units", form_of(village, **fields))
        assert answer.status_code == 422, fields
        assert unit(village, "North").pk == north.pk
    assert UNITS in headings(dora)


def test_a_unit_of_nobody_here_is_left_alone(dora: Client) -> None:
    strange = uuid4()
    assert dora.post("/setup/units", {f"name-{strange}": "Mine", f"version-{strange}": "1"}).status_code == 302


def test_the_link_of_a_new_director_is_shown_once(dora: Client, village: Village) -> None:
    answer = dora.post("/setup/director", {"person": str(who(village, "Rita"))})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    link = re.search(r'value="(http://testserver/welcome/[^"]+)"', text(answer))
    assert link
    assert "/welcome/" not in text(dora.get("/setup"))
    assert DIRECTOR not in headings(dora)
    assert Client().get(link[1]).status_code == 200
    set_network(village.by.network)
    assert Invitation.objects.filter(network=village.by.network, person=who(village, "Rita"), used=None).count() == 1
    again = dora.post("/setup/director", {"person": str(who(village, "Rita"))})
    assert again.status_code == 422


@pytest.mark.parametrize("person", ["", "x", "0198f9a0-0000-7000-8000-000000000000"])
def test_somebody_who_is_not_here_directs_nothing(dora: Client, person: str) -> None:
    answer = dora.post("/setup/director", {"person": person})
    assert answer.status_code == 422
    assert DIRECTOR in headings(dora)


def test_who_can_sign_in_already_gets_no_link(dora: Client, village: Village) -> None:
    answer = dora.post("/setup/director", {"person": str(village.people["aylin"].pk)})
    assert (answer.status_code, answer["Location"]) == (302, "/setup")
    assert not Access.objects.filter(network=village.by.network, person=who(village, "Rita")).exists()


def test_floors_are_issued_as_they_were_looked_at(dora: Client, village: Village) -> None:
    seen = version(dora, "/setup/floors")
    assert dora.post("/setup/floors", {"version": "0.5"}).status_code == 422
    assert dora.post("/setup/floors", {"version": seen}).status_code == 302
    assert FLOORS not in headings(dora)
    set_network(village.by.network)
    issued = PriceList.objects.in_network(village.by).get(name="small", until=None)
    assert issued.edition == 2
    assert [str(price.floor) for price in Price.objects.in_network(village.by).filter(price_list=issued)] == ["830.0000"]
    assert dora.post("/setup/floors", {"version": seen}).status_code == 422


def test_contested_companies_are_settled_as_they_were_looked_at(dora: Client, village: Village) -> None:
    seen = version(dora, "/setup/callers")
    assert dora.post("/setup/callers", {"version": ""}).status_code == 422
    assert dora.post("/setup/callers", {"version": seen}).status_code == 302
    assert CALLERS not in headings(dora)
    set_network(village.by.network)
    assert not Holding.objects.in_network(village.by).filter(contested=True, until=None).exists()
    assert dora.post("/setup/callers", {"version": seen}).status_code == 422


def test_a_question_waits_until_it_is_asked_for_again(dora: Client, village: Village) -> None:
    assert dora.post("/setup/later", {"question": "floors", "version": "0.170"}).status_code == 302
    assert FLOORS not in headings(dora)
    assert "Not asked at present" in text(dora.get("/setup"))
    assert dora.post("/setup/again", {"question": "floors"}).status_code == 302
    assert FLOORS in headings(dora)
    for path in ("later", "again"):
        assert dora.post(f"/setup/{path}", {"question": "everything"}).status_code == 422
    set_network(village.by.network)
    assert not SetupAnswer.objects.in_network(village.by).exists()


@pytest.mark.parametrize("path", ["currency", "units", "director", "floors", "callers", "later", "again"])
def test_an_answer_that_is_only_asked_for_leads_back(dora: Client, path: str) -> None:
    answer = dora.get(f"/setup/{path}")
    assert (answer.status_code, answer["Location"]) == (302, "/setup")


def test_whose_work_the_proposal_looks_at_is_recorded(dora: Client, village: Village) -> None:
    from bailiwick.ledger.models import AccessRecord

    dora.get("/setup")
    set_network(village.by.network)
    looked = AccessRecord.objects.in_network(village.by).filter(page="setup").values_list("person", flat=True)
    assert list(looked) == [who(village, "Anna")]  # the open deal of Bert is stale: no win ever took so long
