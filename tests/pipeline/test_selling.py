"""One act from door to event: who may, what becomes true, which event."""

from decimal import Decimal

import pytest

from bailiwick.kit import NotAllowed, NotSeen, Refused
from bailiwick.ledger.queries import history
from bailiwick.pipeline.commands import NewLine, lose, move, reopen, state_lines, win
from bailiwick.pipeline.models import Stage, Step
from tests.village import NOW, Village


def test_a_seller_wins_an_own_deal_and_the_manager_sees_it_on_the_timeline(village: Village) -> None:
    deal = village.deals["Hafen Logistik GmbH terminals"]
    win(deal.pk, by=village.actor("noor"), now=NOW)
    kinds = [entry.kind for entry in history(village.actor("aylin").scope, deal.pk)]
    assert kinds[0] == "pipeline.won"


@pytest.mark.parametrize("stranger", ["ben", "sven", "jonas", "piet", "astrid", "clara", "conny", "luis", "stefan", "ines"])
def test_whoever_has_no_sight_of_a_deal_cannot_win_it_and_learns_nothing(village: Village, stranger: str) -> None:
    with pytest.raises(NotSeen):
        win(village.deals["Hafen Logistik GmbH terminals"].pk, by=village.actor(stranger), now=NOW)


def test_the_director_sees_every_deal_and_edits_none_of_others(village: Village) -> None:
    with pytest.raises(NotAllowed):
        win(village.deals["Hafen Logistik GmbH terminals"].pk, by=village.actor("dora"), now=NOW)


def test_a_decided_deal_is_not_decided_twice(village: Village) -> None:
    deal = village.deals["Hafen Logistik GmbH terminals"]
    lose(deal.pk, reason="price", by=village.actor("noor"), now=NOW)
    with pytest.raises(Refused, match="decided"):
        win(deal.pk, by=village.actor("noor"), now=NOW)


def test_a_move_ends_one_stage_and_begins_another_and_reopening_begins_a_third(village: Village) -> None:
    deal, noor = village.deals["Hafen Logistik GmbH terminals"], village.actor("noor")
    proposal = Step.objects.in_network(noor).get(name="Proposal")
    move(deal.pk, step=proposal.pk, by=noor, now=NOW)
    win(deal.pk, by=noor, now=NOW)
    reopen(deal.pk, by=noor, now=NOW)
    stages = Stage.objects.in_network(noor).filter(opportunity=deal).order_by("recorded", "id")
    assert [(stage.step.name, stage.open) for stage in stages.select_related("step")] == [
        ("Prospect", False),
        ("Proposal", False),
        ("Proposal", True),
    ]


def test_lines_give_value_discount_and_margin_of_the_whole_deal(village: Village) -> None:
    deal, noor = village.deals["Hafen Logistik GmbH terminals"], village.actor("noor")
    terminal, gateway, _ = village.products
    lines = [
        NewLine(product=terminal.pk, quantity=Decimal(10), price=Decimal(80)),
        NewLine(product=gateway.pk, quantity=Decimal(1), price=Decimal(1000)),
    ]
    row = state_lines(deal.pk, lines=lines, version=1, by=noor, now=NOW)
    assert row.value == Decimal(1800)
    facts = history(noor.scope, deal.pk)[0].facts
    assert (facts["discount"], facts["margin"]) == (Decimal("0.1000"), Decimal("0.3333"))
