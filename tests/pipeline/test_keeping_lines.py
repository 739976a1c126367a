"""What a kept line has become: activity, next step, value, promise, decision; all of it or nothing."""

from decimal import Decimal

import pytest
from django.db import transaction

from bailiwick.kit import Refused
from bailiwick.ledger.once import once
from bailiwick.pipeline.commands import keep_line
from bailiwick.pipeline.commands.one_line import KeptLine
from bailiwick.pipeline.models import Activity, Opportunity, Promise
from bailiwick.pipeline.queries import read_line
from tests.village import NOW, TODAY, Village


def kept(village: Village, name: str, text: str) -> KeptLine:
    by = village.actor(name)
    line = read_line(by.scope, text, today=TODAY, language="en", currency="EUR")
    return keep_line(line, by=by, now=NOW)


def test_a_meeting_with_a_value_and_a_next_step_states_the_deal_and_plans_the_step(village: Village) -> None:
    done = kept(village, "noor", "met Hafen Logistik, proposal 84k by Friday, wants 15%")
    noor = village.actor("noor")
    deal = Opportunity.objects.in_network(noor).get(pk=done.opportunity)
    assert (deal.title, deal.value) == ("Hafen Logistik GmbH terminals", Decimal(84_000))
    activity = Activity.objects.in_network(noor).get(pk=done.activity)
    assert (activity.kind, activity.day, activity.account_id) == ("meeting", TODAY, deal.account_id)
    task = Activity.objects.in_network(noor).get(pk=done.task)
    assert task.done is None
    assert task.due is not None
    assert task.due.isoweekday() == 5


def test_who_names_a_person_only_means_their_company_too(village: Village) -> None:
    done = kept(village, "noor", "spoke with Petra Noor")
    activity = Activity.objects.in_network(village.by).get(pk=done.activity)
    assert activity.account_id == village.accounts["Hafen Logistik GmbH"].pk


def test_a_colleagues_company_is_no_name_in_ones_own_line(village: Village) -> None:
    done = kept(village, "noor", "met Schrauben Sander")
    assert Activity.objects.in_network(village.by).get(pk=done.activity).account_id is None


def test_a_promise_in_a_line_stands_on_its_day(village: Village) -> None:
    done = kept(village, "noor", "called Lindhall, promised the reference by Friday")
    promise = Promise.objects.in_network(village.by).get(pk=done.promise)
    assert promise.account_id == village.accounts["Lindhall AB"].pk
    assert promise.due.isoweekday() == 5


def test_a_lost_line_decides_the_one_open_deal_with_its_reason(village: Village) -> None:
    kept(village, "noor", "lost Kranbau Weiss, too expensive")
    deal = Opportunity.objects.in_network(village.by).get(pk=village.deals["Kranbau Weiss GmbH terminals"].pk)
    assert (deal.outcome, deal.reason) == ("lost", "too expensive")


def test_a_decision_without_a_deal_is_refused_and_nothing_is_kept(village: Village) -> None:
    before = Activity.objects.in_network(village.by).count()
    with pytest.raises(Refused, match="which_deal"), transaction.atomic():
        kept(village, "noor", "we won it")
    assert Activity.objects.in_network(village.by).count() == before


def test_a_line_sent_twice_with_one_key_is_kept_once_and_answered_alike(village: Village) -> None:
    by = village.actor("noor")

    def act() -> str:
        return str(kept(village, "noor", "called Lindhall").activity)

    first = once("key-1", "called Lindhall", act, by=by, now=NOW)
    second = once("key-1", "called Lindhall", act, by=by, now=NOW)
    assert (first[0], first[1], second[1]) == (second[0], False, True)
    with pytest.raises(Refused, match="key_used"):
        once("key-1", "called somebody else", act, by=by, now=NOW)
