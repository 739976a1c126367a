"""The board: deals by step, counted by hand; moved within a process and into another."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from bailiwick.kit import Refused
from bailiwick.pipeline.commands import NewStep, issue_process, move, win
from bailiwick.pipeline.models import Opportunity, Stage, Step
from tests.lists.test_asking import dealt
from tests.village import NOW, TODAY, Village

SignIn = Callable[[str], Client]


def lane(page: str, step: str) -> str:
    found = re.search(rf'<section class="lane"[^>]*aria-label="{step}">.*?</section>', page, re.DOTALL)
    assert found, step
    return found[0]


def step_of(village: Village, name: str) -> Step:
    row: Step = Step.objects.in_network(village.by).get(name=name)
    return row


def deal(village: Village, title: str) -> Opportunity:
    row: Opportunity = Opportunity.objects.in_network(village.by).get(title=title)
    return row


def test_each_step_says_how_many_deals_it_holds_and_what_they_are_worth(village: Village, signed_in: SignIn) -> None:
    dealt(village, "noor", ["100", "250.50", None, "900"])
    move(deal(village, "noor 3").pk, step=step_of(village, "Proposal").pk, by=village.actor("noor"), now=NOW)
    page = signed_in("noor").get("/pipeline/board?q=noor").content.decode()
    first, third = lane(page, "Prospect"), lane(page, "Proposal")
    assert re.search(r"<h2>Prospect <span class=\"soft\">3<", first)
    assert "€350.50" in first
    assert re.search(r"<h2>Proposal <span class=\"soft\">1<", third)
    assert "€900" in third
    assert "noor 3" not in first


def test_a_card_says_how_long_its_deal_is_in_the_step_and_when_that_is_far_too_long(village: Village, signed_in: SignIn) -> None:
    dealt(village, "noor", ["1"])
    step = step_of(village, "Prospect")
    Step.objects.in_network(village.by).filter(pk=step.pk).update(usual_days=5)
    stays = Stage.objects.in_network(village.by).filter(opportunity=deal(village, "noor 0"))
    stays.update(entered=TODAY - timedelta(days=10))
    page = signed_in("noor").get("/pipeline/board?q=noor").content.decode()
    assert "10 days here" in page
    assert "usually" not in page
    stays.update(entered=TODAY - timedelta(days=11))
    assert "usually 5 days" in signed_in("noor").get("/pipeline/board?q=noor").content.decode()


def test_a_card_is_moved_by_its_own_form_and_the_board_is_where_it_leads_back(village: Village, signed_in: SignIn) -> None:
    dealt(village, "noor", ["1"])
    which, client = deal(village, "noor 0"), signed_in("noor")
    there = str(step_of(village, "Close").pk)
    answer = client.post(f"/opportunities/{which.pk}/step", {"step": there, "next": "/pipeline/board?q=noor"})
    assert answer["Location"] == "/pipeline/board?q=noor"
    assert "noor 0" in lane(client.get("/pipeline/board?q=noor").content.decode(), "Close")


def test_whoever_may_not_work_on_a_deal_is_offered_no_move(village: Village, signed_in: SignIn) -> None:
    dealt(village, "noor", ["1"])
    page = signed_in("dora").get("/pipeline/board?q=noor").content.decode()
    assert "noor 0" in page
    assert 'name="step"' not in page


def test_a_deal_that_is_decided_is_offered_no_move(village: Village, signed_in: SignIn) -> None:
    dealt(village, "noor", ["1"])
    win(deal(village, "noor 0").pk, by=village.actor("noor"), now=NOW)
    page = signed_in("noor").get("/pipeline/board?q=noor&standing=won").content.decode()
    assert "noor 0" in page
    assert 'name="step"' not in page


def test_deals_of_several_processes_stand_on_boards_of_their_own(village: Village, signed_in: SignIn) -> None:
    dealt(village, "noor", ["1"])
    new = issue_process("Enterprise", [NewStep(name="Pilot"), NewStep(name="Contract")], since=TODAY, by=village.by)
    dealt_there = dealt(village, "ben", ["5"])  # opened in the newest process
    client = signed_in("aylin")
    page = client.get(f"/pipeline/board?process={new.pk}").content.decode()
    assert dealt_there[0] in lane(page, "Pilot")
    assert "noor 0" not in page
    old = deal(village, "noor 0").process_id
    assert "noor 0" in lane(client.get(f"/pipeline/board?process={old}").content.decode(), "Prospect")


def test_a_deal_goes_on_in_another_process_and_its_history_stays(village: Village) -> None:
    dealt(village, "noor", ["1"])
    which = deal(village, "noor 0")
    move(which.pk, step=step_of(village, "Proposal").pk, by=village.actor("noor"), now=NOW)
    issue_process("Enterprise", [NewStep(name="Pilot"), NewStep(name="Contract")], since=TODAY, by=village.by)
    moved = move(which.pk, step=step_of(village, "Contract").pk, by=village.actor("noor"), now=NOW)
    assert moved.process.name == "Enterprise"
    stays = Stage.objects.in_network(village.by).filter(opportunity=which).order_by("recorded", "pk")
    assert [stay.step.name for stay in stays] == ["Prospect", "Proposal", "Contract"]


def test_no_deal_goes_into_a_process_that_has_ended(village: Village) -> None:
    issue_process("Enterprise", [NewStep(name="Pilot")], since=TODAY, by=village.by)
    issue_process("Enterprise", [NewStep(name="Trial")], since=TODAY + timedelta(days=1), by=village.by)
    which = dealt(village, "noor", ["1"])
    with pytest.raises(Refused, match="process_ended"):
        move(deal(village, which[0]).pk, step=step_of(village, "Pilot").pk, by=village.actor("noor"), now=NOW)


def transfer_form(client: Client, where: str) -> dict[str, str]:
    """The form of a transfer as it proposes itself."""
    page = client.get(where).content.decode()
    chosen = re.findall(r'<select[^>]*name="(step-\d+)"[^>]*>(.*?)</select>', page, re.DOTALL)
    form = {name: re.findall(r'value="([^"]+)" selected', options)[0] for name, options in chosen}
    to = re.search(r'name="to" value="([^"]+)"', page)
    assert to is not None
    return form | {"to": to[1]}


def test_open_deals_go_on_in_another_process_step_by_step_and_back(village: Village, signed_in: SignIn) -> None:
    dealt(village, "noor", ["1", "2", "3"])
    dealt(village, "ben", ["4"])
    old = deal(village, "noor 0").process_id
    move(deal(village, "noor 1").pk, step=step_of(village, "Close").pk, by=village.actor("noor"), now=NOW)
    issue_process("Enterprise", [NewStep(name="Pilot"), NewStep(name="CLOSE")], since=TODAY, by=village.by)
    client = signed_in("noor")
    where = f"/processes/{old}/transfer"
    form = transfer_form(client, where)
    answer = client.post(where, form)
    steps = {row.title: row.step.name for row in Opportunity.objects.in_network(village.by).filter(title__startswith="noor ")}
    assert steps == {"noor 0": "Pilot", "noor 1": "CLOSE", "noor 2": "Pilot"}
    assert deal(village, "ben 0").process_id == old  # not hers to move
    client.post(f"{answer['Location']}/undo")
    assert deal(village, "noor 1").step.name == "Close"
    assert deal(village, "noor 1").process_id == old
    stays = Stage.objects.in_network(village.by).filter(opportunity=deal(village, "noor 1")).order_by("recorded", "pk")
    assert [stay.step.name for stay in stays] == ["Prospect", "Close", "CLOSE", "Close"]


def test_a_transfer_without_a_step_for_some_deals_moves_none(village: Village, signed_in: SignIn) -> None:
    dealt(village, "noor", ["1", "2"])
    old = deal(village, "noor 0").process_id
    move(deal(village, "noor 1").pk, step=step_of(village, "Close").pk, by=village.actor("noor"), now=NOW)
    issue_process("Enterprise", [NewStep(name="Pilot")], since=TODAY, by=village.by)
    client, where = signed_in("noor"), f"/processes/{old}/transfer"
    form = transfer_form(client, where)
    answer = client.post(where, {**form, "step-4": ""})
    assert answer.status_code == 422
    assert "Choose a step for the deals in Close." in answer.content.decode()
    assert {deal(village, name).process_id for name in ("noor 0", "noor 1")} == {old}


def test_there_is_no_transfer_where_there_is_no_other_process(village: Village, signed_in: SignIn) -> None:
    old = deal(village, "Hafen Logistik GmbH terminals").process_id
    assert signed_in("noor").get(f"/processes/{old}/transfer").status_code == 404
    assert "transfer" not in signed_in("noor").get("/processes").content.decode()
