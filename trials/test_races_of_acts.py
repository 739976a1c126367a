"""Fifty who do one thing at once, or give, restate, move and take back the same: it happens once, and what stands follows."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from bailiwick.desk.lists import LISTS
from bailiwick.lists import Seen
from bailiwick.lists.asking import Chosen
from bailiwick.lists.commands import MOST_VIEWS, change, save_view, undo
from bailiwick.lists.models import View
from bailiwick.offer.commands import issue_price_list
from bailiwick.offer.models import PriceList
from bailiwick.performance.commands import NewTarget, set_targets, withdraw_target
from bailiwick.performance.models import Target
from bailiwick.performance.rules.periods import period_of
from bailiwick.pipeline.commands import (
    NewActivity,
    NewLead,
    NewStep,
    change_opportunity,
    issue_process,
    log_activities,
    move,
    win,
)
from bailiwick.pipeline.commands.activities import complete_task, drop_task, keep_promise, promise
from bailiwick.pipeline.commands.giving import give_many
from bailiwick.pipeline.commands.leads import close_lead, enter_leads
from bailiwick.pipeline.models import Opportunity, Process, Stage, Step
from bailiwick.tenancy.within import within
from bailiwick.territories.commands.holdings import contest, hold, release, settle_contested
from bailiwick.territories.models import Holding
from tests.village import Village
from trials.racing import RUNNERS, race
from trials.villagers import CALLERS, actor, deals, entries, events, free_companies, now

DEALS = LISTS["pipeline"]
CHOSEN = Chosen(DEALS, DEALS.columns[:1], DEALS.columns[0], falling=False)


def test_a_contested_company_is_settled_for_one_of_fifty(village: Village) -> None:
    accounts, line = free_companies(village, 2), village.line
    assert line
    with within(village.by.network):
        contest(accounts, line=line.pk, by=village.by, now=now())

    def settle(turn: int, number: int) -> None:
        with within(village.by.network):
            by = actor(village, "dora")
            settle_contested({accounts[turn]: village.side(CALLERS[number % 5])}, by=by, now=now())

    assert race(settle, rounds=2) == [Counter(done=1, settled_already=RUNNERS - 1)] * 2
    assert [events(village, "territories.holder_began", account) for account in accounts] == [1, 1]


def test_of_claims_and_contests_at_once_one_comes_first(village: Village) -> None:
    accounts, line = free_companies(village, 2), village.line
    assert line

    def claim_or_contest(turn: int, number: int) -> None:
        with within(village.by.network):
            if number % 2:
                contest([accounts[turn]], line=line.pk, by=village.by, now=now())
            else:
                by = actor(village, "noor")
                hold([accounts[turn]], line=line.pk, whose=village.side("noor"), by=by, now=now())

    assert race(claim_or_contest, rounds=2) == [Counter(done=1, taken=RUNNERS - 1)] * 2
    with within(village.by.network):
        assert Holding.objects.in_network(village.by).filter(account__in=accounts).count() == 2


def test_whoever_waited_for_their_turn_ends_no_holding_before_it_began(village: Village) -> None:
    """A door says the hour when the request comes; who waits for another's act ends what began after that hour."""
    accounts, line = free_companies(village, 2), village.line
    assert line
    early = now()
    with within(village.by.network):
        hold(accounts[:1], line=line.pk, whose=village.side("noor"), by=village.by, now=now())
        contest(accounts[1:], line=line.pk, by=village.by, now=now())
        release(accounts[0], line=line.pk, by=village.by, now=early)
        settle_contested({accounts[1]: village.side("noor")}, by=village.by, now=early)
        rows = Holding.objects.in_network(village.by).filter(account__in=accounts)
        assert all(row.until is None or row.until >= row.since for row in rows)
        assert rows.filter(until=None).get().account_id == accounts[1]


def test_deals_that_managers_give_to_several_at_once_go_from_hand_to_hand(village: Village) -> None:
    which, takers = deals(village, 2), ("noor", "ben", "piet")

    def give(turn: int, number: int) -> None:
        with within(village.by.network):
            by = actor(village, ("aylin", "noor")[number % 2])
            give_many([which[turn]], to=village.people[takers[number % 3]].pk, by=by, now=now())

    for outcomes in race(give, rounds=2):
        assert set(outcomes) <= {"done", "no_receiver", "not_allowed", "not_found"}
        assert outcomes["done"] > 1
    for deal in which:
        told = [(UUID(one.facts["giver"]), UUID(one.facts["receiver"])) for one in entries(village, "pipeline.handed_over", deal)]
        with within(village.by.network):
            owner = Opportunity.objects.in_network(village.by).get(pk=deal).person_id
        assert sorted([giver for giver, _ in told] + [owner]) == sorted([village.people["noor"].pk, *(to for _, to in told)])


def test_a_deal_moved_to_another_process_while_it_is_decided_has_one_stay_at_most(village: Village) -> None:
    which = deals(village, 2)
    with within(village.by.network):
        made = issue_process(f"Other {now():%f}", [NewStep(name="Only")], since=now().date(), by=village.by)
        other = Step.objects.in_network(village.by).get(process=made).pk
        own = list(Step.objects.in_network(village.by).filter(process__name="Sale").values_list("pk", flat=True)) or [
            Opportunity.objects.in_network(village.by).get(pk=which[0]).step_id
        ]

    def move_or_win(turn: int, number: int) -> None:
        with within(village.by.network):
            by = actor(village, "noor")
            if number == RUNNERS // 2:
                win(which[turn], by=by, now=now())
            else:
                move(which[turn], step=(other, own[0])[number % 2], by=by, now=now())

    for outcomes in race(move_or_win, rounds=2):
        assert set(outcomes) <= {"done", "in_step_already", "decided"}
    with within(village.by.network):
        rows = Opportunity.objects.in_network(village.by).filter(pk__in=which)
        assert {row.outcome for row in rows} == {"won"}
        assert all(row.process_id == row.step.process_id for row in rows)
        stays = Stage.objects.in_network(village.by).filter(opportunity__in=which)
        assert stays.filter(open=True).count() == 0
    moves = sum(events(village, "pipeline.step_entered", deal) for deal in which)
    with within(village.by.network):
        assert stays.count() == moves + 2
        Process.objects.in_network(village.by).filter(pk=made.pk).update(until=now().date() - timedelta(days=1))


def test_a_task_a_promise_and_a_lead_are_closed_once(village: Village) -> None:
    with within(village.by.network):
        by, day = actor(village, "noor"), now().date() + timedelta(days=1)
        task = log_activities([NewActivity(kind="task", text="send it", due=day)], by=by, now=now())[0].pk
        promised = promise(text="an offer", due=day, by=by, now=now()).pk
        lead = enter_leads([NewLead(name="Lea")], by=by, now=now())[0].pk

    def close(turn: int, number: int) -> None:
        with within(village.by.network):
            by = actor(village, ("noor", "aylin")[number // 3 % 2])
            if turn == 0:
                (drop_task if number % 3 else complete_task)(task, by=by, now=now())
            elif turn == 1:
                keep_promise(promised, by=by, now=now())
            else:
                close_lead(lead, by=by, now=now(), title="" if number % 3 else "A deal of Lea's")

    codes = ("task_closed", "promise_closed", "lead_closed")
    assert race(close, rounds=3) == [Counter({"done": 1, code: RUNNERS - 1}) for code in codes]
    assert events(village, "pipeline.lead_closed", lead) == 1


def test_a_target_restated_and_withdrawn_at_once_ends_once(village: Village) -> None:
    unit = village.units["cobalt"].pk
    new = NewTarget(measure="won_count", unit=unit, period=period_of(now().date()), amount=Decimal(10))

    def first(turn: int, number: int) -> None:
        with within(village.by.network):
            set_targets([new], by=actor(village, "dora"), now=now())

    assert race(first, rounds=1) == [Counter(done=RUNNERS)]
    with within(village.by.network):
        (target,) = Target.objects.in_network(village.by).filter(unit=unit, measure="won_count", withdrawn=None)
    assert (target.version, events(village, "performance.target_set", target.pk)) == (1, 1)

    def restate_or_withdraw(turn: int, number: int) -> None:
        with within(village.by.network):
            by = actor(village, "dora")
            if number % 2:
                withdraw_target(target.pk, version=1, by=by, now=now())
            else:
                again = NewTarget(measure="won_count", unit=unit, period=new.period, amount=Decimal(11 + number), version=1)
                set_targets([again], by=by, now=now())

    (outcomes,) = race(restate_or_withdraw, rounds=1)
    assert outcomes["done"] == 1
    assert set(outcomes) <= {"done", "stale", "withdrawn", "not_found"}
    told = events(village, "performance.target_set", target.pk) + events(village, "performance.target_withdrawn", target.pk)
    assert told == 2


def test_a_view_saved_fifty_times_at_once_is_one_and_the_last_place_goes_to_one(village: Village) -> None:
    def saved(name: str) -> None:
        with within(village.by.network):
            by = actor(village, "noor")
            save_view(CHOSEN, name=name, shared="me", by=by, now=now())

    assert race(lambda turn, number: saved("mine"), rounds=1) == [Counter(done=RUNNERS)]
    own = View.objects.in_network(village.by).filter(person=village.people["noor"].pk)
    with within(village.by.network):
        assert own.count() == 1
        for number in range(MOST_VIEWS - 2):
            own.create(
                network_id=village.by.network, person=village.people["noor"].pk, of="pipeline", name=str(number), made=now()
            )
    assert race(lambda turn, number: saved(f"last {number}"), rounds=1) == [Counter(done=1, too_many_views=RUNNERS - 1)]


def test_of_fifty_editions_at_once_one_is_in_force(village: Village) -> None:
    name = f"List {now():%H%M%S%f}"

    def issue(turn: int, number: int) -> None:
        with within(village.by.network):
            since = now().date() + timedelta(days=turn)
            if turn < 2:
                issue_price_list(name=name, currency="EUR", since=since, prices=[], by=actor(village, "dora"))
            else:
                issue_process(name, [NewStep(name="Only")], since=since, by=actor(village, "dora"))

    prices = Counter(done=1, price_list_in_past=RUNNERS - 1)
    assert race(issue, rounds=3) == [prices, prices, Counter(done=RUNNERS)]
    with within(village.by.network):
        for model, editions in ((PriceList, 2), (Process, RUNNERS)):
            rows = model.objects.in_network(village.by).filter(name=name)
            assert (rows.count(), rows.filter(until=None).count()) == (editions, 1)
        Process.objects.in_network(village.by).filter(name=name).update(until=now().date() - timedelta(days=1))


def test_a_change_of_many_is_undone_once(village: Village) -> None:
    which = deals(village, 5)
    with within(village.by.network):
        made = _stated(village, "noor", which, "EUR 2000")

    def take_back(turn: int, number: int) -> None:
        with within(village.by.network):
            by = actor(village, "noor")
            undo(made, LISTS, by=by, seen=Seen(by.scope, now().date()), now=now())

    assert race(take_back, rounds=1) == [Counter(done=1, undone_already=RUNNERS - 1)]
    assert [events(village, "pipeline.opportunity_stated", one) for one in which] == [2] * 5


def test_what_others_say_while_many_are_changed_and_changed_back_is_not_lost(village: Village) -> None:
    """Whoever changes many reads first what they say, to be able to undo: nobody's word may come between and be overwritten."""
    which = deals(village, 20)

    def change_many_or_one(turn: int, number: int) -> None:
        with within(village.by.network):
            by = actor(village, ("noor", "aylin")[number % 2])
            if number < 5:
                made = _stated(village, "noor", which, f"trial {number}")
                undo(made, LISTS, by=by, seen=Seen(by.scope, now().date()), now=now())
            else:
                one = which[number % len(which)]
                change_opportunity(one, values={"origin": f"said {number}"}, version=1, by=by, now=now())

    (outcomes,) = race(change_many_or_one, rounds=1)
    assert set(outcomes) <= {"done", "stale", "not_found"}
    with within(village.by.network):
        stored = dict(Opportunity.objects.in_network(village.by).filter(pk__in=which).values_list("pk", "origin"))
        versions = dict(Opportunity.objects.in_network(village.by).filter(pk__in=which).values_list("pk", "version"))
    for one in which:
        assert versions[one] == 1 + events(village, "pipeline.opportunity_stated", one)
        assert not stored[one].startswith("trial"), "a change that was undone still stands"


def _stated(village: Village, who: str, which: list[UUID], origin: str) -> UUID:
    by = actor(village, who)
    act = DEALS.act("origin", by.scope)
    assert act
    made, _ = change(DEALS, act, dict.fromkeys(which, 0), origin, by=by, seen=Seen(by.scope, now().date()), now=now())
    assert made
    return made.pk
