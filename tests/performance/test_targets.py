"""Targets are set, restated and withdrawn; each statement stays in the ledger, and what cannot be aimed at is refused."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bailiwick.exchange.commands.setting_up import state_currency
from bailiwick.kit import Invalid, NotSeen, Refused, Stale
from bailiwick.ledger.models import Entry
from bailiwick.network.models import Unit
from bailiwick.performance.commands import set_targets, withdraw_target
from bailiwick.performance.models import Target
from bailiwick.performance.queries import target, targets
from bailiwick.performance.rules.periods import read_period
from bailiwick.tenancy.models import Network
from tests.performance.dealt import APRIL, END, aim, deals, new_target, stands
from tests.village import NOW, TODAY, Village

LATER = NOW + timedelta(minutes=1)


def told(village: Village, row: Target) -> list[dict[str, Any]]:
    """The events of a target as stored, oldest first."""
    rows = Entry.objects.in_network(village.by).filter(subject=row.pk).order_by("moment", "seq")
    return [{"kind": entry.kind, "by": entry.by, "day": entry.day, **entry.facts} for entry in rows]


def holding(village: Village) -> set[Any]:
    return {row.pk for row in targets(village.actor("dora").scope)}


def test_a_target_that_is_set_holds_and_its_event_says_all_of_it(village: Village) -> None:
    row = aim(village, Decimal("250000.50"), person="noor")
    stored = target(village.actor("dora").scope, row.pk)
    assert (stored.measure, stored.amount, stored.currency) == ("won_value", Decimal("250000.50"), "EUR")
    assert (stored.since, stored.until) == (APRIL.since, APRIL.until)
    assert (stored.unit_id, stored.person_id) == (village.units["cobalt"].pk, village.people["noor"].pk)
    assert stored.organization_id == village.units["cobalt"].organization_id
    assert (stored.version, stored.created, stored.withdrawn) == (1, NOW, None)
    event = told(village, row)[0]
    assert (event["kind"], event["by"]) == ("performance.target_set", village.people["dora"].pk)
    assert (event["measure"], event["currency"], event["was"]) == ("won_value", "EUR", None)
    assert (Decimal(event["amount"]), event["since"], event["until"]) == (Decimal("250000.50"), "2024-04-01", "2024-04-30")
    assert event["day"] == TODAY


def test_a_restatement_is_one_more_event_and_the_first_statement_stays_as_it_was(village: Village) -> None:
    row = aim(village, 100)
    first = told(village, row)
    again = set_targets([new_target(village, 80, version=1)], by=village.actor("dora"), now=LATER)[0]
    assert (again.pk, again.amount, again.version) == (row.pk, Decimal(80), 2)
    events = told(village, row)
    assert events[:1] == first, "what was said once is never overwritten"
    assert [(float(one["amount"]), float(one["was"] or 0)) for one in events] == [(100, 0), (80, 100)]


def test_the_same_amount_again_is_no_news(village: Village) -> None:
    row = aim(village, 100)
    same = aim(village, 100, version=1)
    assert (same.pk, same.version) == (row.pk, 1)
    assert len(told(village, row)) == 1


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_a_restatement_of_another_version_than_the_one_in_force_is_stale(village: Village, seen: int) -> None:
    row = aim(village, 100)
    aim(village, 80, version=1)
    with pytest.raises(Stale) as no:
        aim(village, 60, version=seen)
    assert (no.value.stored, no.value.version) == ({"amount": Decimal(80)}, 2)
    assert target(village.actor("dora").scope, row.pk).amount == 80
    assert len(told(village, row)) == 2


def test_a_restatement_of_a_target_that_was_withdrawn_meanwhile_is_stale(village: Village) -> None:
    """Whoever restates version 1 has seen a target: it does not come back behind the back of who withdrew it."""
    row = aim(village, 100)
    withdraw_target(row.pk, version=1, by=village.actor("dora"), now=NOW)
    with pytest.raises(Refused):
        aim(village, 80, version=1)
    assert holding(village) == set()


def test_a_withdrawn_target_no_longer_holds_and_the_ledger_keeps_it(village: Village) -> None:
    row = aim(village, 100)
    withdraw_target(row.pk, version=1, by=village.actor("dora"), now=LATER)
    with pytest.raises(NotSeen):
        target(village.actor("dora").scope, row.pk)
    stored = Target.objects.in_network(village.by).get(pk=row.pk)
    assert (stored.withdrawn, stored.amount, stored.version) == (LATER, Decimal(100), 2)
    assert [one["kind"] for one in told(village, row)] == ["performance.target_set", "performance.target_withdrawn"]


def test_a_target_is_withdrawn_once_and_of_the_version_that_was_seen(village: Village) -> None:
    row = aim(village, 100)
    aim(village, 80, version=1)
    with pytest.raises(Stale) as no:
        withdraw_target(row.pk, version=1, by=village.actor("dora"), now=NOW)
    assert (no.value.stored, no.value.version) == ({"amount": Decimal(80)}, 2)
    assert holding(village) == {row.pk}
    withdraw_target(row.pk, version=2, by=village.actor("dora"), now=NOW)
    with pytest.raises(NotSeen):
        withdraw_target(row.pk, version=3, by=village.actor("dora"), now=NOW)


def test_after_a_withdrawal_the_same_can_be_aimed_at_anew(village: Village) -> None:
    row = aim(village, 100)
    withdraw_target(row.pk, version=1, by=village.actor("dora"), now=NOW)
    anew = aim(village, 70)
    assert holding(village) == {anew.pk}
    assert (anew.pk != row.pk, anew.version, told(village, anew)[0]["was"]) == (True, 1, None)


def test_many_targets_are_set_at_once_each_with_its_event(village: Village) -> None:
    new = [new_target(village, n, person=who) for n, who in ((30, "noor"), (20, "ben"), (60, ""))]
    rows = set_targets(new, by=village.actor("dora"), now=NOW)
    assert [row.amount for row in rows] == [30, 20, 60]
    assert [len(told(village, row)) for row in rows] == [1, 1, 1]


@pytest.mark.parametrize(
    "more",
    [
        {"person": "noor"},
        {"unit": "delta"},
        {"measure": "won_count"},
        {"currency": "SEK"},
        {"period": read_period("2024-05")},
        {"period": read_period("2024-Q2")},
        {"period": read_period("2024")},
    ],
)
def test_another_holder_measure_currency_or_time_is_another_target(village: Village, more: dict[str, Any]) -> None:
    one, other = aim(village), aim(village, **more)
    assert holding(village) == {one.pk, other.pk}


def test_two_targets_of_one_holder_measure_and_time_cannot_be_stored_at_all(village: Village) -> None:
    for person in ("", "noor"):
        row = aim(village, 100, person=person)
        row.pk, row._state.adding = None, True
        with pytest.raises(IntegrityError, match="one_target_a_holder_and_period"), transaction.atomic():
            row.save(force_insert=True)
    assert len(holding(village)) == 2


@pytest.mark.parametrize("amount", ["0", "-1", "-0.0001"])
def test_a_target_is_above_zero(village: Village, amount: str) -> None:
    with pytest.raises(Invalid) as no:
        aim(village, Decimal(amount))
    assert [(one.field, str(one.sentence)) for one in no.value.problems] == [("amount", "A target is above zero.")]
    assert holding(village) == set()


def test_an_amount_too_fine_to_be_kept_is_refused_and_no_crash(village: Village) -> None:
    """The store keeps four decimals: this would be zero, which no target is."""
    with pytest.raises(Refused), transaction.atomic():
        aim(village, Decimal("0.00001"), measure="win_rate", currency="")
    assert holding(village) == set()


@pytest.mark.parametrize("measure", ["attainment", "coverage"])
def test_what_follows_from_other_targets_is_no_target_itself(village: Village, measure: str) -> None:
    with pytest.raises(Invalid) as no:
        aim(village, measure=measure)
    assert [one.field for one in no.value.problems] == ["measure"]
    assert "it follows from the other targets" in str(no.value.problems[0].sentence)


@pytest.mark.parametrize("measure", ["", "happiness", "won_value; drop table"])
def test_a_word_that_is_no_measure_is_refused_with_those_there_are(village: Village, measure: str) -> None:
    with pytest.raises(Refused, match="no_measure") as no:
        aim(village, measure=measure)
    assert "won_value" in str(no.value.remedy)
    assert holding(village) == set()


def test_only_money_has_a_currency(village: Village) -> None:
    row = aim(village, 5, measure="won_count", currency="EUR")
    assert row.currency == ""
    deals(village, "noor", 10, 20)
    standing = stands(village, row, as_of=END)
    assert standing.figure is not None
    assert standing.figure.value == 2


def test_a_count_that_is_set_twice_with_a_currency_is_restated_or_refused_and_no_crash(village: Village) -> None:
    row = aim(village, 5, measure="won_count", currency="EUR")
    with pytest.raises(Refused), transaction.atomic():
        aim(village, 6, measure="won_count", currency="EUR")
    aim(village, 7, measure="won_count", currency="EUR", version=1)
    assert {(one.pk, one.amount) for one in targets(village.actor("dora").scope)} == {(row.pk, Decimal(7))}


def test_a_unit_or_person_that_is_gone_has_no_target(village: Village) -> None:
    Unit.objects.in_network(village.by).filter(pk=village.units["nordpart"].pk).update(archived=NOW)
    with pytest.raises(NotSeen):
        aim(village, unit="nordpart")
    with pytest.raises(NotSeen):
        aim(village, person="rita")
    assert holding(village) == set()


def test_a_target_of_a_person_stands_in_a_unit_in_which_they_sell(village: Village) -> None:
    """Whoever leads the unit restates and withdraws it: Sven sells in Delta, so Aylin of Cobalt has no say about him."""
    with pytest.raises(Refused):
        aim(village, unit="cobalt", person="sven")
    assert holding(village) == set()


def test_a_target_that_had_no_currency_gets_the_one_that_is_stated_for_its_deals(village: Village) -> None:
    """Else the deals are in euros from then on, and the target counts none of them any more."""
    Network.objects.filter(pk=village.by.network).update(currency="")
    deals(village, "noor", 30, currency="")
    row = aim(village, 60, currency="")
    assert stands(village, row).attained == 0.5
    state_currency("EUR", by=village.actor("dora"), now=NOW)
    assert stands(village, target(village.actor("dora").scope, row.pk)).attained == 0.5
