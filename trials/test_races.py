"""Invariants 1 and 13: of fifty simultaneous acts on one thing exactly one is done, the others hear a plain no."""

from collections import Counter
from contextlib import suppress
from decimal import Decimal
from itertools import pairwise

from bailiwick.kit import Refused
from bailiwick.ledger.commands import seal
from bailiwick.ledger.models import Entry, Seal
from bailiwick.ledger.once import once
from bailiwick.ledger.queries import broken_seals
from bailiwick.network.commands import add_people, appoint
from bailiwick.network.models import Membership
from bailiwick.pipeline.commands import (
    NewActivity,
    change_opportunity,
    keep_line,
    log_activities,
    lose,
    win,
)
from bailiwick.pipeline.models import Activity, Opportunity
from bailiwick.pipeline.queries import read_line
from bailiwick.tenancy.within import within
from bailiwick.territories.commands import change_account, hold, release
from bailiwick.territories.models import Holding
from tests.village import Village
from trials.racing import RUNNERS, race
from trials.villagers import CALLERS, actor, deals, events, free_companies, now

ROUNDS = 4


def test_of_fifty_simultaneous_claims_exactly_one_wins(village: Village) -> None:
    accounts = free_companies(village, ROUNDS)
    line = village.line
    assert line

    def claim(turn: int, number: int) -> None:
        name = CALLERS[number % len(CALLERS)]
        with within(village.by.network):
            hold([accounts[turn]], line=line.pk, whose=village.side(name), by=actor(village, name), now=now())

    assert race(claim, rounds=ROUNDS) == [Counter(done=1, taken=RUNNERS - 1)] * ROUNDS
    with within(village.by.network):
        for account in accounts:
            assert Holding.objects.in_network(village.by).filter(account=account).count() == 1
    assert [events(village, "territories.holder_began", account) for account in accounts] == [1] * ROUNDS


def test_fifty_simultaneous_releases_end_a_holding_once(village: Village) -> None:
    accounts = free_companies(village, ROUNDS)
    line = village.line
    assert line
    with within(village.by.network):
        hold(accounts, line=line.pk, whose=village.side("noor"), by=village.by, now=now())

    def give_up(turn: int, number: int) -> None:
        with within(village.by.network):
            release(accounts[turn], line=line.pk, by=actor(village, "noor"), now=now())

    for outcomes in race(give_up, rounds=ROUNDS):
        assert set(outcomes) <= {"done", "not_found"}
    assert [events(village, "territories.holder_ended", account) for account in accounts] == [1] * ROUNDS


def test_claims_releases_and_the_like_at_once_leave_one_caller_and_no_overlap(village: Village) -> None:
    account, line = free_companies(village, 1)[0], village.line
    assert line

    def turn_over(turn: int, number: int) -> None:
        name = CALLERS[number % len(CALLERS)]
        with within(village.by.network):
            if (turn + number) % 2:
                hold([account], line=line.pk, whose=village.side(name), by=actor(village, name), now=now())
            else:
                release(account, line=line.pk, by=actor(village, name), now=now())

    for outcomes in race(turn_over, rounds=ROUNDS):
        assert set(outcomes) <= {"done", "taken", "not_found"}
    with within(village.by.network):
        held = Holding.objects.in_network(village.by).filter(account=account).order_by("since")
        periods = [(row.since, row.until) for row in held]
        assert held.filter(until=None).count() <= 1
    assert all(until and until <= since for (_, until), (since, _) in pairwise(periods))
    assert events(village, "territories.holder_began", account) == len(periods)
    assert events(village, "territories.holder_ended", account) == sum(until is not None for _, until in periods)


def test_fifty_simultaneous_appointments_leave_exactly_one_manager_and_no_overlap(village: Village) -> None:
    unit, candidates = village.units["cobalt"].pk, ("noor", "ben", "aylin")

    def name_one(turn: int, number: int) -> None:
        with within(village.by.network):
            person = village.people[candidates[number % len(candidates)]].pk
            appoint(unit=unit, person=person, by=actor(village, "dora"), now=now())

    with within(village.by.network):
        before = Membership.objects.in_network(village.by).filter(unit=unit, role="manager").count()
    done = 0
    for outcomes in race(name_one, rounds=ROUNDS):
        assert set(outcomes) <= {"done", "is_manager_already", "appointed_meanwhile"}
        done += outcomes["done"]
    with within(village.by.network):
        rows = Membership.objects.in_network(village.by).filter(unit=unit, role="manager").order_by("since", "until")
        periods = [(row.since, row.until) for row in rows]
        assert rows.filter(until=None).count() == 1
    assert len(periods) == before + done
    assert all(until and until <= since for (_, until), (since, _) in pairwise(periods))
    # Whoever came last is the manager now; the trials after this one know Aylin as the manager.
    with within(village.by.network), suppress(Refused):
        appoint(unit=unit, person=village.people["aylin"].pk, by=actor(village, "dora"), now=now())


def test_a_line_sent_fifty_times_at_once_with_one_key_is_kept_once(village: Village) -> None:
    keys = [f"key {now():%H%M%S%f} {turn}" for turn in range(ROUNDS)]

    def send(turn: int, number: int) -> None:
        text = f"called Hafen Logistik GmbH about {keys[turn]}"
        with within(village.by.network):
            by = actor(village, "noor")
            line = read_line(by.scope, text, today=now().date(), language="en", currency="EUR")
            once(keys[turn], text, lambda: str(keep_line(line, by=by, now=now()).activity), by=by, now=now())

    assert race(send, rounds=ROUNDS) == [Counter(done=RUNNERS)] * ROUNDS
    with within(village.by.network):
        for key in keys:
            rows = Activity.objects.in_network(village.by).filter(text__contains=key)
            assert [events(village, "pipeline.activity_logged", row.pk) for row in rows] == [1]


def test_a_deal_won_and_lost_fifty_times_at_once_is_decided_once(village: Village) -> None:
    which = deals(village, ROUNDS)

    def decide(turn: int, number: int) -> None:
        with within(village.by.network):
            by = actor(village, ("noor", "aylin")[number % 2])
            if number % 5 == 4:
                lose(which[turn], reason="", by=by, now=now())
            else:
                win(which[turn], by=by, now=now())

    assert race(decide, rounds=ROUNDS) == [Counter(done=1, decided=RUNNERS - 1)] * ROUNDS
    assert [events(village, "pipeline.won", one) + events(village, "pipeline.lost", one) for one in which] == [1] * ROUNDS


def test_of_fifty_edits_of_one_version_one_stands_and_the_others_are_told(village: Village) -> None:
    which = deals(village, ROUNDS)

    def restate(turn: int, number: int) -> None:
        with within(village.by.network):
            by = actor(village, ("noor", "aylin")[number % 2])
            change_opportunity(which[turn], values={"value": Decimal(2000 + number)}, version=1, by=by, now=now())

    assert race(restate, rounds=ROUNDS) == [Counter(done=1, stale=RUNNERS - 1)] * ROUNDS
    with within(village.by.network):
        rows = Opportunity.objects.in_network(village.by).filter(pk__in=which)
        assert {row.version for row in rows} == {2}


def test_of_fifty_edits_of_one_version_of_a_company_one_stands(village: Village) -> None:
    accounts = free_companies(village, ROUNDS)

    def rename(turn: int, number: int) -> None:
        with within(village.by.network):
            values = {"city": f"City {number}"}
            change_account(accounts[turn], values=values, version=1, by=actor(village, CALLERS[number % 5]), now=now())

    assert race(rename, rounds=ROUNDS) == [Counter(done=1, stale=RUNNERS - 1)] * ROUNDS


def test_one_address_entered_by_fifty_at_once_is_one_person(village: Village) -> None:
    def enter(turn: int, number: int) -> None:
        unit = village.units["cobalt"]
        card = [{"name": f"Newcomer {turn}", "email": f"new.{turn}@village.example"}]
        with within(village.by.network):
            add_people(card, organization=unit.organization_id, unit=unit.pk, by=actor(village, "dora"), now=now())

    assert race(enter, rounds=2) == [Counter(done=1, email_taken=RUNNERS - 1)] * 2


def test_fifty_who_seal_at_once_close_every_entry_once(village: Village) -> None:
    def note_and_seal(turn: int, number: int) -> None:
        with within(village.by.network):
            log_activities([NewActivity(kind="call", text="x", day=now().date())], by=actor(village, "noor"), now=now())
        with within(village.by.network):
            seal(village.by, now())

    assert race(note_and_seal, rounds=ROUNDS) == [Counter(done=RUNNERS)] * ROUNDS
    with within(village.by.network):
        seal(village.by, now())
        assert broken_seals(village.by) == []
        sealed = sum(Seal.objects.in_network(village.by).values_list("entries", flat=True))
        assert sealed == Entry.objects.in_network(village.by).count()
