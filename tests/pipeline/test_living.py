"""What lived here before stands as if every act had been a command of its own, and promises of many hands likewise."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bailiwick.kit import NotAllowed, NotSeen, Refused
from bailiwick.ledger.models import Entry
from bailiwick.pipeline.commands import NewLine, NewOpportunity, keep_promise, promise
from bailiwick.pipeline.commands.closing import Decided, decide_many
from bailiwick.pipeline.commands.living import Ended, GotLines, Lived, Redated, Turn, WentTo, live_many
from bailiwick.pipeline.commands.opening import Stated, open_many, state_many
from bailiwick.pipeline.commands.promising import KeptPromise, Promised, keep_many, promise_many
from bailiwick.pipeline.commands.sides import Hand
from bailiwick.pipeline.commands.stepping import Itemised, Moved, move_many, state_lines_many
from bailiwick.pipeline.models import Line, Opportunity, Promise, Stage, Step
from bailiwick.territories.commands import Whose
from tests.village import NOW, TODAY, Village

DEAL = "Hafen Logistik GmbH terminals"
ENDS = ("", "won", "lost", "withdrawn")


def days_ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def hand(village: Village, now: datetime) -> Hand:
    deal = village.deals[DEAL]
    whose = Whose(unit=deal.unit_id, person=deal.person_id, organization=deal.organization_id, zone="Europe/Berlin")
    return Hand(village.actor("noor"), now, whose)


def new(village: Village) -> dict[str, Any]:
    expected = TODAY + timedelta(days=9)
    return {"title": "told", "account": village.deals[DEAL].account_id, "value": Decimal(500), "expected": expected}


def lines(village: Village) -> list[NewLine]:
    terminal, gateway, _ = village.products
    return [
        NewLine(product=terminal.pk, quantity=Decimal(10), price=Decimal(80)),
        NewLine(product=gateway.pk, quantity=Decimal(1), price=Decimal(1000)),
    ]


def turns(village: Village, end: str) -> list[Turn]:
    told = [
        WentTo(days_ago(50), 2),
        WentTo(days_ago(40), 3),
        GotLines(days_ago(39), lines(village)),
        Redated(days_ago(20), TODAY + timedelta(days=30)),
        WentTo(days_ago(10), 4),
    ]
    return [*told, Ended(days_ago(5), end, "" if end == "won" else "price")] if end else list(told)


def one_by_one(village: Village, end: str) -> Opportunity:
    """The same acts, each by its own command."""
    noor = village.actor("noor")
    row = open_many([(hand(village, days_ago(60)), NewOpportunity(**new(village)))], by=noor)[0]
    steps = list(Step.objects.in_network(noor).filter(process=row.process_id).order_by("place"))
    for turn in turns(village, end):
        match turn:
            case WentTo():
                move_many([Moved(noor, turn.at, row.pk, steps[turn.place - 1].pk)], by=noor)
            case GotLines():
                state_lines_many([Itemised(noor, turn.at, row.pk, turn.lines)], by=noor)
            case Redated():
                state_many([Stated(noor, turn.at, row.pk, {"expected": turn.expected})], by=noor)
            case Ended():
                decide_many([Decided(noor, turn.at, row.pk, turn.outcome, turn.reason)], by=noor)
    return row


def stands(row: Opportunity, village: Village) -> list[Any]:
    """Everything that is stored of an opportunity but its ids."""
    of_deal = {
        Opportunity: Opportunity.objects.in_network(village.by).filter(pk=row.pk),
        Stage: Stage.objects.in_network(village.by).filter(opportunity=row).order_by("recorded"),
        Line: Line.objects.in_network(village.by).filter(opportunity=row).order_by("price"),
        Entry: Entry.objects.in_network(village.by).filter(subject=row.pk).order_by("happened", "kind"),
    }
    told: list[Any] = []
    for model, rows in of_deal.items():
        names = [field.attname for field in model._meta.local_concrete_fields]
        left = {"id", "opportunity_id", "subject", "about", "seq", "moment"}
        told += [{name: getattr(found, name) for name in names if name not in left} for found in rows]
        told += [[one for one in found.about if one != row.pk] for found in rows if isinstance(found, Entry)]
    return told


@pytest.mark.parametrize("end", ENDS)
def test_a_life_told_at_once_stands_like_the_same_acts_done_one_by_one(village: Village, end: str) -> None:
    told = Lived(**new(village), turns=turns(village, end))
    at_once = live_many([(hand(village, days_ago(60)), told)], by=village.actor("noor"))[0]
    done = stands(one_by_one(village, end), village)
    assert stands(at_once, village) == done
    assert len(done) == 1 + 4 + 2 + 2 * (6 + bool(end))


def test_lives_of_many_are_told_at_once_each_with_its_own(village: Village) -> None:
    told = [(hand(village, days_ago(60)), Lived(**new(village), turns=turns(village, end))) for end in ENDS]
    rows = live_many(told, by=village.actor("noor"))
    assert [row.outcome for row in rows] == ["open", "won", "lost", "withdrawn"]
    assert Stage.objects.in_network(village.by).filter(opportunity__in=rows, open=True).count() == 1


@pytest.mark.parametrize(
    ("turns", "code"),
    [
        ([WentTo(days_ago(5), 2), WentTo(days_ago(6), 3)], "out_of_order"),
        ([WentTo(days_ago(61), 2)], "out_of_order"),
        ([WentTo(days_ago(5), 1)], "in_step_already"),
        ([WentTo(days_ago(5), 0)], "no_such_step"),
        ([WentTo(days_ago(5), 9)], "no_such_step"),
        ([Ended(days_ago(5), "won"), WentTo(days_ago(4), 2)], "decided"),
        ([Ended(days_ago(5), "won"), Ended(days_ago(4), "lost")], "decided"),
    ],
)
def test_a_life_that_cannot_have_been_is_refused(village: Village, turns: Sequence[Turn], code: str) -> None:
    with pytest.raises(Refused, match=code):
        live_many([(hand(village, days_ago(60)), Lived(**new(village), turns=turns))], by=village.actor("noor"))


def test_nobody_lived(village: Village) -> None:
    assert live_many([], by=village.actor("noor")) == []
    assert promise_many([], by=village.by) == []
    keep_many([], by=village.by)


def test_promises_of_many_hands_stand_like_those_made_one_by_one(village: Village) -> None:
    noor, deal = village.actor("noor"), village.deals[DEAL]
    due = TODAY + timedelta(days=2)
    alone = promise(text="the offer", due=due, opportunity=deal.pk, by=noor, now=days_ago(3))
    keep_promise(alone.pk, by=noor, now=days_ago(1))
    row = promise_many([Promised(noor, days_ago(3), deal.pk, "the offer", due)], by=village.by)[0]
    keep_many([KeptPromise(noor, days_ago(1), row.pk)], by=village.by)
    first, second = (_promise(which, village) for which in (alone.pk, row.pk))
    assert first == second
    assert len(first) == 3


def _promise(which: Any, village: Village) -> list[Any]:
    row = Promise.objects.in_network(village.by).filter(pk=which).values().get()
    entries = Entry.objects.in_network(village.by).filter(subject=which).order_by("happened")
    kept = [
        {name: value for name, value in entry.items() if name not in {"id", "subject", "about", "seq", "moment"}}
        | {"about": [one for one in entry["about"] if one != which]}
        for entry in entries.values()
    ]
    return [{name: value for name, value in row.items() if name != "id"}, *kept]


def test_promises_are_made_and_kept_by_those_who_may_work_on_the_deal(village: Village) -> None:
    noor, deal = village.actor("noor"), village.deals[DEAL].pk
    with pytest.raises(NotSeen):
        promise_many([Promised(village.actor("sven"), NOW, deal, "the offer", TODAY)], by=village.by)
    with pytest.raises(NotAllowed):
        promise_many([Promised(village.actor("dora"), NOW, deal, "the offer", TODAY)], by=village.by)
    row = promise_many([Promised(noor, NOW, deal, "the offer", TODAY)], by=village.by)[0]
    with pytest.raises(NotSeen):
        keep_many([KeptPromise(village.actor("sven"), NOW, row.pk)], by=village.by)
    keep_many([KeptPromise(noor, NOW, row.pk)], by=village.by)
    with pytest.raises(Refused, match="promise_closed"):
        keep_many([KeptPromise(noor, NOW, row.pk)], by=village.by)
