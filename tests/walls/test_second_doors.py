"""Second doors to what others own: another route, another command, a filter. Each class that QUALITY names has a test."""

import base64
import json
import re
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import transaction

from bailiwick.kit import Actor, NotAllowed, NotSeen, Refused, Role
from bailiwick.ledger import asking
from bailiwick.ledger.models import AccessRecord
from bailiwick.network.commands import (
    add_members,
    add_people,
    add_units,
    appoint,
    end_membership,
    grant_sight,
    leave,
    withdraw_sight,
)
from bailiwick.network.commands.people import NewMember
from bailiwick.network.commands.setting_up import NewUnit
from bailiwick.network.models import Membership
from bailiwick.pipeline.commands import (
    NewActivity,
    NewLead,
    NewLine,
    NewOpportunity,
    change_opportunity,
    enter_leads,
    log_activities,
    open_opportunities,
    state_lines,
    win,
)
from bailiwick.pipeline.models import Activity, Opportunity
from bailiwick.tenancy.within import set_network
from bailiwick.territories.commands import add_accounts, add_contacts, release, tie
from bailiwick.territories.models import Holding
from tests.village import NOW, TODAY, Village
from tests.walls.doors import api_doors, page_doors
from tests.walls.reading import body, digest, washed
from tests.walls.speaking import caller
from tests.walls.world import ABSENT, browser


def stored(village: Village, deal: Opportunity) -> Opportunity:
    return Opportunity.objects.in_network(village.by).get(pk=deal.pk)


OTHERS = ("person", "owner", "unit", "organization", "network", "person_id", "unit_id", "organization_id", "network_id", "id", "outcome", "source", "version_")  # fmt: skip


def test_the_form_of_a_deal_takes_no_owner(village: Village) -> None:
    deal = village.deals["Hafen Logistik GmbH terminals"]
    form = dict.fromkeys(OTHERS, str(village.people["ben"].pk)) | {"title": "New", "version": "1"}
    assert browser(village, "noor").post(f"/opportunities/{deal.pk}/change", form).status_code == 302
    after = stored(village, deal)
    assert after.title == "New"
    assert (after.person_id, after.unit_id, after.organization_id, after.outcome, after.source) == (
        deal.person_id,
        deal.unit_id,
        deal.organization_id,
        "open",
        "",
    )


@pytest.mark.parametrize("name", OTHERS)
def test_the_api_refuses_a_property_that_nobody_declared(village: Village, name: str) -> None:
    deal = village.deals["Hafen Logistik GmbH terminals"]
    answer = caller(village, "noor")("PATCH", f"/opportunities/{deal.pk}", {"version": 1, name: str(village.people["ben"].pk)})
    assert answer.status_code == 422
    assert stored(village, deal).person_id == deal.person_id


def test_a_new_deal_stands_on_the_own_side_whatever_the_form_says(village: Village) -> None:
    form = {"title": "Mine", "person": str(village.people["ben"].pk), "unit": str(village.units["delta"].pk)}
    assert browser(village, "noor").post("/opportunities/new", form).status_code == 302
    row = Opportunity.objects.in_network(village.by).get(title="Mine")
    assert (row.person_id, row.unit_id) == (village.people["noor"].pk, village.units["cobalt"].pk)


@pytest.mark.parametrize("whose", ["Brauhaus Mitte", "Schrauben Sander", "Papierfabrik Pirna"])
def test_nothing_is_hung_on_a_company_of_others(village: Village, whose: str) -> None:
    account, send, client = village.accounts[whose].pk, caller(village, "noor"), browser(village, "noor")
    lead = enter_leads([NewLead(name="L")], by=village.actor("noor"), now=NOW)[0]
    before = digest()
    assert client.get(f"/opportunities/new?account={account}").status_code == 404
    assert send("POST", "/opportunities", {"title": "x", "account": str(account)}).status_code == 404
    assert send("POST", "/activities", {"activities": [{"kind": "call", "account": str(account)}]}).status_code == 404
    assert send("POST", "/promises", {"text": "x", "due": "2026-12-01", "account": str(account)}).status_code == 404
    assert send("POST", f"/leads/{lead.pk}/close", {"title": "x", "account": str(account)}).status_code == 404
    assert digest() == before
    client.post(f"/opportunities/new?account={account}", {"title": "x"})
    assert not Opportunity.objects.in_network(village.by).filter(account=account, person=village.people["noor"]).exists()


def test_a_deal_opened_from_a_card_stands_on_that_card(village: Village) -> None:
    account = village.accounts["Arno Papier AG"].pk
    browser(village, "noor").post(f"/opportunities/new?account={account}", {"title": "From the card"})
    assert Opportunity.objects.in_network(village.by).get(title="From the card").account_id == account


def test_a_deal_on_a_card_out_of_sight_is_refused_not_opened_without_one(village: Village) -> None:
    account = village.accounts["Schrauben Sander"].pk
    assert browser(village, "noor").post(f"/opportunities/new?account={account}", {"title": "x"}).status_code == 404


def test_one_foreign_thing_among_many_refuses_all(village: Village) -> None:
    mine, theirs = village.accounts["Arno Papier AG"].pk, village.accounts["Schrauben Sander"].pk
    sent = {"activities": [{"kind": "call", "text": "bulk", "account": str(one)} for one in (mine, theirs)]}
    assert caller(village, "noor")("POST", "/activities", sent).status_code == 404
    assert not Activity.objects.in_network(village.by).filter(text="bulk").exists()


def test_a_contact_of_a_foreign_card_is_not_named_on_an_own_activity(village: Village) -> None:
    sven = village.actor("sven")
    theirs = add_contacts(
        village.accounts["Schrauben Sander"].pk, [{"name": "Fremd"}], whose=village.side("sven"), by=sven, now=NOW
    )[0]
    one = {"kind": "call", "account": str(village.accounts["Arno Papier AG"].pk), "contact": str(theirs.pk)}
    assert caller(village, "noor")("POST", "/activities", {"activities": [one]}).status_code == 404


def test_the_command_itself_refuses_the_contact_of_a_foreign_card(village: Village) -> None:
    sven = village.actor("sven")
    theirs = add_contacts(
        village.accounts["Schrauben Sander"].pk, [{"name": "Fremd"}], whose=village.side("sven"), by=sven, now=NOW
    )[0]
    with pytest.raises(Refused):
        log_activities([NewActivity(kind="call", contact=theirs.pk, day=TODAY)], by=village.actor("noor"), now=NOW)


@pytest.mark.parametrize("receiver", ["sven", "piet", "arvid", "clara", "conny", "rita", "ines", "noor"])
def test_what_somebody_leaves_goes_to_nobody_out_of_sight_or_out_of_work(village: Village, receiver: str) -> None:
    noor = village.people["noor"].pk
    form = {f"all-{kind}": str(village.people[receiver].pk) for kind in ("account", "opportunity", "task", "promise", "lead")}
    before = digest()
    status = browser(village, "aylin").post(f"/people/{noor}/leaving", form).status_code
    if receiver == "piet":
        assert status == 302  # a partner below is in the manager's sight
        return
    assert status == 422
    assert digest() == before
    aylin = village.actor("aylin")
    shares = {held.id: village.people[receiver].pk for held in asking.holdings(noor, aylin)}
    with pytest.raises(Refused), transaction.atomic():
        leave(person=noor, shares=shares, by=aylin, now=NOW)


def test_handing_over_reaches_no_thing_that_the_leaver_does_not_hold(village: Village) -> None:
    noor, aylin, theirs = village.people["noor"].pk, village.actor("aylin"), village.deals["Schrauben Sander terminals"]
    shares = {held.id: village.people["ben"].pk for held in asking.holdings(noor, aylin)} | {theirs.pk: village.people["ben"].pk}
    leave(person=noor, shares=shares, by=aylin, now=NOW)
    assert stored(village, theirs).person_id == village.people["sven"].pk


def moved_to_delta(village: Village) -> None:
    """Noor went from Cobalt to Delta and her Cobalt deals wait to be handed over: Delta's manager has no sight of them."""
    role = Membership.objects.in_network(village.by).get(person=village.people["noor"], until=None)
    end_membership(role.pk, by=village.by, now=NOW)
    add_members(
        [NewMember(person=village.people["noor"].pk, unit=village.units["delta"].pk, role=Role.SELLER)], by=village.by, now=NOW
    )


def test_recording_a_leaving_shows_nothing_of_the_unit_in_which_somebody_worked_before(village: Village) -> None:
    moved_to_delta(village)
    answer = browser(village, "jonas").get(f"/people/{village.people['noor'].pk}/leaving")
    assert answer.status_code == 200
    assert "Hafen Logistik" not in body(answer)
    answer = browser(village, "jonas").get(f"/people/{village.people['noor'].pk}/leaving/preview", follow=True)
    assert "Hafen Logistik" not in body(answer)


def test_what_somebody_left_behind_in_a_former_unit_goes_to_its_manager_and_is_not_counted_elsewhere(village: Village) -> None:
    moved_to_delta(village)
    [new] = open_opportunities([NewOpportunity(title="In Delta")], by=village.actor("noor"), now=NOW)
    answer = browser(village, "jonas").post(
        f"/people/{village.people['noor'].pk}/leaving", {"all": str(village.people["sven"].pk)}, follow=True
    )
    assert "one thing was handed over" in body(answer)
    set_network(village.by.network)
    assert stored(village, new).person_id == village.people["sven"].pk
    old = stored(village, village.deals["Hafen Logistik GmbH terminals"])
    assert (old.person_id, old.unit_id) == (village.people["aylin"].pk, village.units["cobalt"].pk)
    assert not Opportunity.objects.in_network(village.by).filter(person=village.people["noor"], outcome="open").exists()
    held = Holding.objects.in_network(village.by).filter(account=village.accounts["Hafen Logistik GmbH"], until=None)
    assert [one.person_id for one in held] == [village.people["aylin"].pk]


def test_what_is_out_of_sight_is_not_given_away_by_naming_it(village: Village) -> None:
    moved_to_delta(village)
    theirs = village.deals["Hafen Logistik GmbH terminals"]
    shares = {theirs.pk: village.people["sven"].pk}
    leave(person=village.people["noor"].pk, shares=shares, by=village.actor("jonas"), now=NOW)
    assert stored(village, theirs).person_id == village.people["aylin"].pk


def test_a_leaving_waits_while_nobody_could_take_what_is_out_of_sight(village: Village) -> None:
    moved_to_delta(village)
    Membership.objects.in_network(village.by).filter(role="manager", until=None).exclude(unit=village.units["delta"]).update(
        until=NOW
    )
    with pytest.raises(Refused, match="nobody_above"), transaction.atomic():
        leave(person=village.people["noor"].pk, shares={}, by=village.actor("jonas"), now=NOW)


def test_a_line_that_does_not_exist_is_not_called_taken(village: Village) -> None:
    where = f"/accounts/{village.accounts['Arno Papier AG'].pk}/holding"
    answer = browser(village, "noor").post(where, {"line": str(ABSENT), "act": "claim"})
    assert 400 <= answer.status_code < 500


def test_a_tie_of_ones_own_does_not_release_what_a_colleague_holds(village: Village) -> None:
    """Noor sees Ben's rows by a dated sight and has a tie of her own to his company: she still edits nothing of his."""
    account = village.accounts["Brauhaus Mitte"].pk
    tie([account], whose=village.side("noor"), by=village.by)
    grant_sight(
        viewer=village.people["noor"].pk, purpose="cover", source="test", person=village.people["ben"].pk, by=village.by, now=NOW
    )
    assert village.line is not None
    with pytest.raises(Refused):
        release(account, line=village.line.pk, by=village.actor("noor"), now=NOW)
    assert Holding.objects.in_network(village.by).filter(account=account, until=None, person_id=village.people["ben"].pk).exists()


def test_a_company_out_of_sight_is_neither_claimed_nor_released(village: Village) -> None:
    client, before = browser(village, "noor"), digest()
    assert village.line is not None
    for name in ("Brauhaus Mitte", "Schrauben Sander", "Papierfabrik Pirna"):
        for act in ("claim", "release"):
            form = {"line": str(village.line.pk), "act": act}
            assert client.post(f"/accounts/{village.accounts[name].pk}/holding", form).status_code == 404
    assert digest() == before


def test_a_partners_admin_founds_no_unit_of_another_firm(village: Village) -> None:
    new = NewUnit(
        name="Trojan", kind="partner", parent=village.units["callwerk"].pk, organization=village.organizations["nordpart"]
    )
    with pytest.raises(Refused), transaction.atomic():
        add_units([new], by=village.actor("paula"), now=NOW)


def test_a_manager_founds_no_unit_of_a_partner_of_another_project(village: Village) -> None:
    new = NewUnit(
        name="Trojan", kind="partner", parent=village.units["cobalt"].pk, organization=village.organizations["nordpart"]
    )
    with pytest.raises(Refused), transaction.atomic():
        add_units([new], by=village.actor("aylin"), now=NOW)


def test_a_client_is_appointed_manager_by_nobody(village: Village) -> None:
    for by in (village.actor("aylin"), village.actor("dora")):
        with pytest.raises(Refused), transaction.atomic():
            appoint(unit=village.units["callwerk"].pk, person=village.people["clara"].pk, by=by, now=NOW)


def test_nobody_appoints_a_person_of_another_firm_who_has_no_role_yet(village: Village) -> None:
    there = village.units["nordpart"]
    new = add_people([{"name": "Neu Beinord"}], organization=there.organization_id, unit=there.pk, by=village.by, now=NOW)[0]
    with pytest.raises(Refused), transaction.atomic():
        appoint(unit=village.units["callwerk"].pk, person=new.pk, by=village.actor("paula"), now=NOW)


@pytest.mark.parametrize(("by", "role", "unit"), [
    ("aylin", "director", "cobalt"), ("aylin", "steward", "cobalt"), ("aylin", "manager", "cobalt"), ("aylin", "seller", "delta"),
    ("aylin", "seller", "firm"), ("paula", "seller", "cobalt"), ("paula", "director", "callwerk"), ("paula", "partner_admin", "nordpart"),
    ("jonas", "seller", "cobalt"), ("noor", "seller", "cobalt"), ("stefan", "steward", "firm"), ("conny", "coach", "firm"),
])  # fmt: skip
def test_nobody_gives_a_role_above_or_beside_the_own(village: Village, by: str, role: str, unit: str) -> None:
    given = NewMember(person=village.people["ines"].pk, unit=village.units[unit].pk, role=Role(role))
    with pytest.raises(Refused), transaction.atomic():
        add_members([given], by=village.actor(by), now=NOW)
    client, before = browser(village, by), digest()
    form = {"unit": str(village.units[unit].pk), "role": role}
    assert 400 <= client.post(f"/people/{village.people['ben'].pk}/roles", form).status_code < 500
    form = {"name": "X", "email": "", "phone": "", "role": role}
    assert 400 <= client.post(f"/units/{village.units[unit].pk}/people", form).status_code < 500
    assert digest() == before


def test_the_end_of_a_role_elsewhere_answers_like_that_of_none(village: Village) -> None:
    client, who = browser(village, "paula"), village.people["piet"].pk
    theirs = Membership.objects.in_network(village.by).get(person=village.people["sven"], until=None).pk
    foreign, absent = (client.post(f"/people/{who}/roles/{which}/end") for which in (theirs, ABSENT))
    assert washed(foreign, theirs) == washed(absent, ABSENT)
    assert foreign.status_code == 404


def test_a_role_is_ended_only_under_the_name_of_its_person(village: Village) -> None:
    bens = Membership.objects.in_network(village.by).get(person=village.people["ben"], until=None).pk
    answer = browser(village, "aylin").post(f"/people/{village.people['noor'].pk}/roles/{bens}/end")
    assert answer.status_code == 404
    assert Membership.objects.in_network(village.by).filter(pk=bens, until=None).exists()


def test_nobody_ends_the_role_of_somebody_above(village: Village) -> None:
    before, dora = digest(), village.people["dora"]
    role = Membership.objects.in_network(village.by).get(person=dora, role="director", until=None).pk
    for by in ("aylin", "noor", "paula"):
        assert 400 <= browser(village, by).post(f"/people/{dora.pk}/roles/{role}/end").status_code < 500
    assert digest() == before


def test_a_former_partner_lends_the_partners_admin_no_sight_of_the_firm(village: Village) -> None:
    """Somebody of the partner also sold for the firm: the partner's admin sees none of those deals."""
    piet = village.people["piet"].pk
    add_members([NewMember(person=piet, unit=village.units["cobalt"].pk, role=Role.SELLER)], by=village.by, now=NOW)
    both = village.actor("piet")
    [deal] = open_opportunities([NewOpportunity(title="Firmensache")], by=both, now=NOW, whose=None)
    row = Opportunity.objects.in_network(village.by).get(pk=deal.pk)
    if row.unit_id == village.units["cobalt"].pk:
        assert not Opportunity.objects.seen_by(village.actor("paula").scope).filter(pk=deal.pk).exists()


def test_who_holds_a_company_is_not_found_out_by_filtering(village: Village) -> None:
    """Noor has an old tie to a company that Sven holds now: his name is not in her sight, so asking for it finds nothing."""
    account = village.accounts["Schrauben Sander"].pk
    tie([account], whose=village.side("noor"), by=village.by)
    send = caller(village, "noor")
    assert send("GET", f"/accounts/{account}").status_code == 200
    found = json.loads(send("GET", f"/accounts?held_by={village.people['sven'].pk}").content)
    assert found["items"] == []


@pytest.mark.parametrize("query", ["Schrauben", "Papierfabrik", "Aker", "Sven", "Brauhaus terminals"])
def test_a_search_finds_nothing_by_the_words_of_others(village: Village, query: str) -> None:
    client, send = browser(village, "noor"), caller(village, "noor")
    assert "terminals" not in re.sub(r'value="[^"]*"', "", body(client.get("/pipeline", {"q": query})))
    for path in ("/opportunities", "/accounts"):
        assert json.loads(send("GET", f"{path}?text={query}").content)["items"] == []


def test_a_deal_on_a_card_out_of_sight_is_not_found_by_the_name_of_the_card(village: Village) -> None:
    deal = village.deals["Arno Papier AG terminals"]
    Opportunity.objects.in_network(village.by).filter(pk=deal.pk).update(account=village.accounts["Schrauben Sander"])
    assert "Arno Papier AG terminals" not in body(browser(village, "noor").get("/pipeline?q=Sander"))


@pytest.mark.parametrize("name", ["ben", "sven", "piet", "dora"])
def test_naming_somebody_else_in_a_filter_shows_nothing_of_theirs(village: Village, name: str) -> None:
    client, send, who = browser(village, "noor"), caller(village, "noor"), village.people[name].pk
    for path in ("/opportunities", "/promises", "/leads"):
        assert json.loads(send("GET", f"{path}?person={who}").content)["items"] == []
    assert "Schrauben" not in body(client.get(f"/pipeline?person={who}"))
    assert "Brauhaus" not in body(client.get(f"/accounts?held={who}"))


def test_a_cursor_of_somebody_else_shows_own_rows_only(village: Village) -> None:
    dora, noor = caller(village, "dora"), caller(village, "noor")
    theirs = json.loads(dora("GET", "/opportunities?limit=2").content)["next"]
    found = json.loads(noor("GET", f"/opportunities?cursor={theirs}").content)["items"]
    assert {one["person"] if isinstance(one["person"], str) else one["person"]["id"] for one in found} <= {
        str(village.people["noor"].pk)
    }
    assert browser(village, "noor").get("/pipeline", {"at": theirs}).status_code == 200


@pytest.mark.parametrize("made", ["[]", "{}", "null", "[1,2,3]", '["n","x","y"]', '["n","\\u0000","018f0000-0000-7000-8000-000000000000"]', '["n","\\ud800","018f0000-0000-7000-8000-000000000000"]', "[" * 5000, '["p",' + "9" * 5000 + ',"x"]'])  # fmt: skip
def test_a_cursor_that_no_list_gave_is_refused_in_words(village: Village, made: str) -> None:
    client, send = browser(village, "noor"), caller(village, "noor")
    cursor = base64.urlsafe_b64encode(made.encode()).decode()
    for path in ("/pipeline", "/accounts"):
        assert client.get(path, {"at": cursor}).status_code == 422
    for path in ("/opportunities", "/leads", "/people", "/units", "/products", "/prices"):
        assert send("GET", f"{path}?cursor={cursor[:1500]}").status_code == 422


@pytest.mark.parametrize("viewer", ["sven", "conny"])
def test_a_dated_sight_lets_see_and_never_edit(village: Village, viewer: str) -> None:
    """Who sees by a sight sees the card; no act on it is theirs."""
    who, unit = village.people[viewer].pk, village.units["cobalt"].pk
    grant_sight(viewer=who, purpose="coaching", source="test", unit=unit, by=village.by, now=NOW)
    deal, client, send = village.deals["Hafen Logistik GmbH terminals"].pk, browser(village, viewer), caller(village, viewer)
    before = digest()
    form = {"title": "x", "version": "1", "kind": "call", "text": "x", "due": "2026-12-01"}
    for act in ("win", "lose", "withdraw", "reopen", "step", "lines", "change", "activities", "promises"):
        if act != "step":  # without a step named it goes nowhere
            assert 400 <= client.post(f"/opportunities/{deal}/{act}", form).status_code < 500, act
    assert send("PATCH", f"/opportunities/{deal}", {"version": 1, "title": "x"}).status_code == 403
    assert digest() == before
    assert client.get(f"/opportunities/{deal}").status_code == 200


def test_a_partners_admin_who_is_shown_another_firm_edits_and_staffs_nothing_of_it(village: Village) -> None:
    """Paula runs Callwerk; that she is shown Nordpart makes her admin of one firm still."""
    paula, nordpart = village.people["paula"].pk, village.organizations["nordpart"]
    grant_sight(viewer=paula, purpose="help", source="agreement", organization=nordpart, by=village.by, now=NOW)
    deal = Opportunity.objects.in_network(village.by).filter(organization=nordpart).first()
    assert deal is not None
    client, send, before = browser(village, "paula"), caller(village, "paula"), digest()
    assert client.post(f"/opportunities/{deal.pk}/win", {}).status_code == 403
    assert send("PATCH", f"/opportunities/{deal.pk}", {"version": deal.version, "title": "x"}).status_code == 403
    leaving = client.post(f"/people/{village.people['arvid'].pk}/leaving", {"receiver": str(village.people["astrid"].pk)})
    assert leaving.status_code in (403, 404)
    assert digest() == before
    assert client.get(f"/opportunities/{deal.pk}").status_code == 200


@pytest.mark.parametrize("api", [False, True])
def test_a_coach_reads_cards_and_histories_in_sight_and_no_money_of_any_deal(village: Village, api: bool) -> None:
    conny, noor = village.people["conny"].pk, village.actor("noor")
    deal, won = village.deals["Hafen Logistik GmbH terminals"], village.deals["Lindhall AB terminals"]
    Opportunity.objects.in_network(village.by).filter(pk=won.pk).update(value=7_654_321)
    win(won.pk, by=noor, now=NOW)
    change_opportunity(deal.pk, values={"value": 8_765_432}, version=stored(village, deal).version, by=noor, now=NOW)
    lines = [NewLine(product=village.products[0].pk, quantity=Decimal(3), price=Decimal("9753"))]
    state_lines(deal.pk, lines=lines, version=stored(village, deal).version, by=noor, now=NOW)
    grant_sight(viewer=conny, purpose="coaching", source="test", unit=village.units["cobalt"].pk, by=village.by, now=NOW)
    things = {"account": [deal.account_id, won.account_id], "deal": [deal.pk, won.pk], "person": [noor.person], "unit": []}
    for who in ("noor", "conny"):
        client, send, told = browser(village, who), caller(village, who), ""
        for door in api_doors() if api else page_doors():
            if door.acts or len(door.kinds) > 1 or "export" in door.name:
                continue
            for thing in things.get(door.kinds[0], []) if door.kinds else [None]:
                where = door.address(*([thing] if thing else []))
                answer = send("GET", where.removeprefix("/api/v1")) if api else client.get(where)
                told += body(answer)
        seen = [one for one in ("7654321", "8765432", "29259", "9753") if one in re.sub(r"(?<=\d)[,.](?=\d{3})", "", told)]
        assert bool(seen) is (who == "noor"), seen
        assert "Hafen Logistik GmbH terminals" in told
    set_network(village.by.network)
    looks = AccessRecord.objects.in_network(village.by).filter(person=noor.person, viewer=conny)
    assert looks.exists()


def test_a_coach_without_a_sight_any_more_reads_nothing(village: Village) -> None:
    conny, unit = village.people["conny"].pk, village.units["cobalt"].pk
    sight = grant_sight(viewer=conny, purpose="coaching", source="test", unit=unit, by=village.by, now=NOW)
    withdraw_sight(sight.pk, by=village.by, now=NOW)
    deal = village.deals["Hafen Logistik GmbH terminals"]
    client, send = browser(village, "conny"), caller(village, "conny")
    for where in (f"/opportunities/{deal.pk}", f"/accounts/{deal.account_id}"):
        assert client.get(where).status_code == 404
        assert send("GET", where).status_code == 404
    assert "terminals" not in body(client.get("/pipeline?standing=undecided"))


def test_a_look_at_the_rows_of_somebody_is_on_their_record_whatever_the_page_shows(village: Village) -> None:
    """Principle 8: a card on which only a task of Piet's stands tells Piet who looked."""
    piet = village.actor("piet")
    account = add_accounts([{"name": "Nur Aufgabe"}], whose=village.side("piet"), by=piet, now=NOW)[0]
    log_activities([NewActivity(kind="call", text="nur hier", account=account.pk, due=TODAY)], by=piet, now=NOW)
    answer = browser(village, "aylin").get(f"/accounts/{account.pk}")
    assert "nur hier" in body(answer)
    set_network(village.by.network)
    assert (
        AccessRecord.objects.in_network(village.by)
        .filter(person=village.people["piet"].pk, viewer=village.people["aylin"].pk)
        .exists()
    )


def test_the_way_of_an_actor_is_not_chosen_by_a_request(village: Village) -> None:
    """`system` opens everything: no door ever makes such an actor from a request."""
    actor: Actor = village.actor("dora")
    assert actor.system is False
    assert actor.scope.may_edit(unit=village.units["cobalt"].pk, person=village.people["noor"].pk, organization=None) is False
    assert UUID(int=0) not in {person.pk for person in village.people.values()}
    assert issubclass(NotSeen, Refused)
    assert issubclass(NotAllowed, Refused)
