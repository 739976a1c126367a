"""Who is master of a field: what the source keeps is changed at no door here, what people keep is not changed by the source."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from bailiwick.exchange.commands.standing import change_standing, end_standing
from bailiwick.kit import Refused
from bailiwick.pipeline import commands
from bailiwick.pipeline.commands import change_opportunity, close_lead, state_lines
from bailiwick.pipeline.commands.giving import give_many
from bailiwick.pipeline.commands.stepping import Moved, move_many
from bailiwick.pipeline.models import Lead, Opportunity, Step
from bailiwick.territories.commands import change_account
from bailiwick.territories.models import Account
from tests.api.conftest import caller_for
from tests.village import NOW, Village

from .standing import FIRST, Stood, stands

ALL = ("title", "value", "expected", "owner", "account", "stage")
NEXT = FIRST.replace(b"4,Hoist 4,", b"4,Crane 4,").replace(b",1004,", b",9004,").replace(b"2027-03-01", b"2027-04-02")
SignIn = Callable[[str], Client]


def deal(stood: Stood, key: str = "4") -> Opportunity:
    return Opportunity.objects.in_network(stood.village.by).select_related("step").get(source="crm", source_id=key)


def masters(stood: Stood, **who: str) -> None:
    told = {f"opportunity.{field}": one for field, one in who.items()}
    change_standing(stood.which.pk, night=None, links={}, masters=told, by=stood.village.actor("dora"), now=NOW)


@pytest.fixture
def stood(village: Village, tmp_path: Path) -> Stood:
    return stands(village, tmp_path)


@pytest.fixture
def kept(stood: Stood) -> Stood:
    masters(stood, **dict.fromkeys(ALL, "source"))
    return stood


def another_step(row: Opportunity, stood: Stood) -> Step:
    return Step.objects.in_network(stood.village.by).filter(process=row.process_id).exclude(pk=row.step_id).order_by("place")[0]


def noor(stood: Stood) -> Any:
    return stood.village.actor("noor")


COMMANDS: dict[str, Callable[[Opportunity, Stood], Any]] = {
    "state": lambda row, s: change_opportunity(row.pk, values={"title": "New"}, version=row.version, by=noor(s), now=NOW),
    "expected": lambda row, s: change_opportunity(
        row.pk, values={"expected": date(2027, 9, 9)}, version=row.version, by=noor(s), now=NOW
    ),
    "move": lambda row, s: move_many([Moved(noor(s), NOW, row.pk, another_step(row, s).pk)], by=noor(s)),
    "win": lambda row, s: commands.win(row.pk, by=noor(s), now=NOW),
    "lose": lambda row, s: commands.lose(row.pk, reason="price", by=noor(s), now=NOW),
    "withdraw": lambda row, s: commands.withdraw(row.pk, reason="none", by=noor(s), now=NOW),
    "lines": lambda row, s: state_lines(row.pk, lines=[], version=row.version, by=noor(s), now=NOW),
    "give": lambda row, s: give_many([row.pk], to=s.village.people["ben"].pk, by=noor(s), now=NOW),
}


@pytest.mark.parametrize("act", COMMANDS)
def test_no_command_changes_what_the_source_keeps(act: str, kept: Stood) -> None:
    row = deal(kept)
    with pytest.raises(Refused, match=r"kept_elsewhere: .* is kept in crm\."):
        COMMANDS[act](row, kept)
    assert deal(kept).version == row.version
    end_standing(kept.which.pk, by=kept.village.actor("dora"), now=NOW)
    COMMANDS[act](row, kept)


def test_a_decided_deal_is_not_reopened_here_and_fields_that_nobody_keeps_are_free(kept: Stood) -> None:
    won = deal(kept, "13")
    with pytest.raises(Refused, match="kept_elsewhere"):
        commands.reopen(won.pk, by=noor(kept), now=NOW)
    masters(kept, title="source")
    commands.reopen(won.pk, by=noor(kept), now=NOW)
    row = deal(kept)
    change_opportunity(row.pk, values={"title": row.title, "origin": "fair"}, version=row.version, by=noor(kept), now=NOW)


def test_cards_and_leads_of_the_source_are_kept_too_and_those_of_others_are_not(kept: Stood) -> None:
    account, by = deal(kept).account, kept.village.actor("noor")
    assert account is not None
    change_standing(
        kept.which.pk, night=None, links={}, masters={"opportunity.title": "source"}, by=kept.village.actor("dora"), now=NOW
    )
    row = kept.row
    row.masters = {"account.city": "source", "lead.stage": "source"}
    row.save()
    values = {"name": account.name, "city": "Kiel"}
    with pytest.raises(Refused, match="kept_elsewhere"):
        change_account(account.pk, values=values, version=account.version, by=by, now=NOW)
    change_account(account.pk, values={"phone": "1"}, version=account.version, by=by, now=NOW)
    Account.objects.in_network(by).filter(pk=account.pk).update(source="")
    change_account(account.pk, values=values, version=account.version + 1, by=by, now=NOW)
    lead = commands.enter_leads([commands.NewLead(name="Lena", source="crm", source_id="l1")], by=by, now=NOW)[0]
    with pytest.raises(Refused, match="kept_elsewhere"):
        close_lead(lead.pk, by=by, now=NOW, reason="none")
    assert Lead.objects.in_network(by).get(pk=lead.pk).closed is None


def test_no_page_changes_what_the_source_keeps(kept: Stood, signed_in: SignIn) -> None:
    client, row = signed_in("noor"), deal(kept)
    form = {
        "title": "New",
        "value": "5",
        "expected": "2027-09-09",
        "origin": "",
        "stated_discount": "",
        "version": str(row.version),
    }
    refused = client.post(f"/opportunities/{row.pk}/change", form)
    assert (refused.status_code, "is kept in crm." in refused.content.decode()) == (422, True)
    step = another_step(row, kept).pk
    for path, told in {"step": {"step": step}, "win": {}, "lose": {"reason": "price"}, "withdraw": {"reason": "none"}}.items():
        assert client.post(f"/opportunities/{row.pk}/{path}", told).status_code == 422, path
    for column, value in {"title": "New", "value": "5", "expected": "2027-09-09", "step": str(step)}.items():
        answer = client.post(f"/lists/pipeline/rows/{row.pk}/{column}", {"value": value, "version": str(row.version)})
        assert "kept in crm" in answer.content.decode(), column
    many = {"act": "expected", "row": f"{row.pk}:{row.version}", "value": "2027-09-09", "query": ""}
    shown = client.post("/lists/pipeline/changes", many).content.decode()
    assert "it is kept in crm" in shown
    client.post("/lists/pipeline/changes", many | {"sure": "on", "looked": "2027-09-09"})
    assert deal(kept).version == row.version


def test_what_is_kept_is_shown_and_not_typed_into_and_the_rest_is_saved(kept: Stood, signed_in: SignIn) -> None:
    client, row = signed_in("noor"), deal(kept)
    form = client.get(f"/opportunities/{row.pk}/change").content.decode()
    assert form.count(" readonly") == 3
    assert form.count("kept in crm") == 3
    told = {
        "title": row.title,
        "value": str(row.value),
        "expected": "2027-03-01",
        "origin": "fair",
        "stated_discount": "",
        "version": "1",
    }
    assert client.post(f"/opportunities/{row.pk}/change", told | {"version": str(row.version)}).status_code == 302
    card = client.get(f"/opportunities/{row.pk}").content.decode()
    assert deal(kept).origin == "fair"
    assert "Kept in crm and changed there:" in card
    assert f'action="/opportunities/{row.pk}/win"' not in card


def test_no_endpoint_changes_what_the_source_keeps(kept: Stood) -> None:
    api, row = caller_for(noor(kept)), deal(kept)
    here = f"/opportunities/{row.pk}"
    asked = (
        ("PATCH", here, {"title": "New", "version": row.version}),
        ("PUT", f"{here}/lines", {"lines": [], "version": row.version}),
        ("POST", f"{here}/step", {"step": str(another_step(row, kept).pk)}),
        ("POST", f"{here}/win", {}),
    )
    codes = {path: api.ask(method, path, body).content.decode() for method, path, body in asked}
    assert [path for path, told in codes.items() if "kept_elsewhere" not in told] == []
    assert deal(kept).version == row.version


def test_the_source_wins_where_it_is_the_master_also_over_what_people_did(stood: Stood) -> None:
    row = deal(stood)
    values = {"title": "Ours", "origin": "fair", "value": row.value, "expected": date(2027, 9, 9)}
    change_opportunity(row.pk, values=values, version=row.version, by=noor(stood), now=NOW)
    masters(stood, title="source")
    stood.lay("deals.csv", NEXT)
    stood.round()
    row = deal(stood)
    assert (row.title, row.origin, row.value, row.expected) == ("Crane 4", "fair", 1004, date(2027, 9, 9))
    stood.lay("deals.csv", NEXT.replace(b"2027-04-02", b"2027-05-03"), at=stood.now)
    stood.round()
    assert (deal(stood).expected, deal(stood, "8").expected) == (date(2027, 9, 9), date(2027, 5, 3))  # still the person's


def test_what_people_keep_is_taken_over_once_and_never_again(stood: Stood) -> None:
    masters(stood, title="here", expected="here")
    stood.lay("deals.csv", NEXT)
    stood.round()
    row = deal(stood)
    assert (row.title, row.value, row.expected) == ("Hoist 4", 9004, date(2027, 3, 1))


def test_without_a_rule_the_latest_wins_as_before(stood: Stood) -> None:
    row = deal(stood, "8")
    change_opportunity(row.pk, values={"title": "Ours"}, version=row.version, by=noor(stood), now=NOW)
    stood.lay("deals.csv", NEXT)
    stood.round()
    assert (deal(stood).title, deal(stood, "8").title, deal(stood, "8").expected) == ("Crane 4", "Ours", date(2027, 3, 1))


def test_a_deal_whose_stage_is_kept_here_stays_in_its_step(stood: Stood) -> None:
    masters(stood, stage="here")
    stood.lay(
        "deals.csv",
        NEXT.replace(b",Prospect,", b",Proposal,").replace(b"Kranwerk AG,Noor Haddad,Close", b"Kranwerk AG,Noor Haddad,Won"),
    )
    stood.round()
    row = deal(stood)
    assert (row.step.name, row.title, row.outcome) == ("Prospect", "Crane 4", "open")


def test_a_card_leads_to_its_source_by_its_id_and_nowhere_by_a_name(stood: Stood, signed_in: SignIn) -> None:
    client, row = signed_in("noor"), deal(stood)
    links = {"opportunity": "https://crm.example/deal/{id}", "account": "https://crm.example/company/{id}"}
    Opportunity.objects.in_network(stood.village.by).filter(pk=row.pk).update(source_id='4/"><b')
    change_standing(stood.which.pk, night=None, links=links, masters={}, by=stood.village.actor("dora"), now=NOW)
    card = client.get(f"/opportunities/{row.pk}").content.decode()
    assert '<a class="alone" href="https://crm.example/deal/4%2F%22%3E%3Cb" rel="noopener noreferrer">In crm</a>' in card
    company = client.get(f"/accounts/{row.account_id}").content.decode()  # whose key in the source is its name
    assert "crm.example" not in company
    assert "From crm" in company
