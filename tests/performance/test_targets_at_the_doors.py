"""What the doors say to a target that cannot be aimed at: words, never a crash."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from bailiwick.performance.models import Target
from bailiwick.performance.queries import targets
from tests.api.conftest import caller_for
from tests.performance.dealt import aim
from tests.village import Village

Body = dict[str, Any]


@pytest.fixture
def asking(village: Village) -> Callable[[Body], tuple[int, Any]]:
    """What the API answers to Dora's target for Cobalt."""
    dora = caller_for(village.actor("dora"))
    usual = {
        "measure": "won_value",
        "unit": str(village.units["cobalt"].pk),
        "period": "2024-04",
        "amount": 100,
        "currency": "EUR",
    }

    def ask(more: Body) -> tuple[int, Any]:
        answer = dora.ask("POST", "/targets", usual | more)
        return answer.status_code, dora._read(answer, answer.status_code)

    return ask


@pytest.mark.parametrize(
    ("more", "field", "words"),
    [
        ({"amount": 0}, "amount", "A target is above zero."),
        ({"amount": -5}, "amount", "A target is above zero."),
        ({"amount": "much"}, "amount", "A number looks like 84000 or 84000.50"),
        ({"amount": None}, "amount", ""),
        ({"amount": "1e15"}, "amount", ""),
        ({"measure": "attainment"}, "measure", "it follows from the other targets"),
        ({"measure": "happiness"}, "", "There is no measure of this name."),
        ({"period": "2024-Q5"}, "", "“2024-Q5” is no period."),
        ({"period": ""}, "period", ""),
        ({"currency": "EURO"}, "currency", ""),
        ({"currency": "eur"}, "currency", ""),
        ({"currency": "€"}, "currency", ""),
    ],
)
def test_at_the_door_what_cannot_be_aimed_at_is_refused_in_words(
    village: Village, asking: Callable[[Body], tuple[int, Any]], more: Body, field: str, words: str
) -> None:
    status, problem = asking(more)
    assert status == 422, problem
    assert field in str(problem)
    assert words in str(problem)
    assert holding(village) == []


def test_at_the_door_money_without_a_currency_is_refused_or_in_that_of_the_network(
    village: Village, asking: Callable[[Body], tuple[int, Any]]
) -> None:
    """A target in no currency would count no deal of a network that sells in euros."""
    status, answer = asking({"currency": ""})
    assert status == 422 or answer["currency"] == "EUR"


def test_at_the_door_the_second_target_of_a_holder_and_time_is_a_conflict(
    village: Village, asking: Callable[[Body], tuple[int, Any]]
) -> None:
    assert asking({})[0] == 201
    status, problem = asking({"amount": 50})
    assert (status, Decimal(problem["stored"]["amount"]), problem["version"]) == (409, Decimal(100), 1)
    assert [row.amount for row in targets(village.actor("dora").scope)] == [100]


def holding(village: Village) -> list[Target]:
    return list(targets(village.actor("dora").scope))


def typed(village: Village, **more: str) -> Body:
    """The form for Cobalt's target of this April."""
    usual = {"holder": f"{village.units['cobalt'].pk}/", "measure": "won_value", "period": "2024-04", "amount": "100"}
    return usual | more


def test_a_target_typed_in_the_page_is_in_the_currency_of_the_network(
    village: Village, signed_in: Callable[[str], Client]
) -> None:
    answer = signed_in("dora").post("/targets/new", typed(village, amount="84.000,50"))
    assert answer.status_code == 302
    assert [(row.amount, row.currency) for row in holding(village)] == [(Decimal("84000.50"), "EUR")]


def test_a_rate_typed_in_percent_is_kept_as_a_share(village: Village, signed_in: Callable[[str], Client]) -> None:
    signed_in("dora").post("/targets/new", typed(village, measure="win_rate", amount="25"))
    assert [(row.amount, row.currency) for row in holding(village)] == [(Decimal("0.25"), "")]


@pytest.mark.parametrize(
    ("measure", "amount"), [("won_value", "0.00001"), ("won_count", "0.00004"), ("win_rate", "0.0001"), ("win_rate", "0")]
)
def test_an_amount_that_would_be_kept_as_zero_is_shown_again_with_what_is_wrong(
    village: Village, signed_in: Callable[[str], Client], measure: str, amount: str
) -> None:
    """The store keeps four decimals, and no target is zero."""
    answer = signed_in("dora").post("/targets/new", typed(village, measure=measure, amount=amount))
    assert answer.status_code == 422
    assert holding(village) == []


@pytest.mark.parametrize(
    "more",
    [{"period": "2024-Q5"}, {"period": ""}, {"amount": "-1"}, {"amount": "much"}, {"measure": "attainment"}, {"holder": "/"}],
)
def test_what_cannot_be_aimed_at_is_shown_again_and_not_kept(
    village: Village, signed_in: Callable[[str], Client], more: dict[str, str]
) -> None:
    answer = signed_in("dora").post("/targets/new", typed(village, **more))
    assert answer.status_code == 422
    assert holding(village) == []


def test_a_number_that_begins_with_zero_groups_no_thousands(village: Village, signed_in: Callable[[str], Client]) -> None:
    signed_in("dora").post("/targets/new", typed(village, amount="0.125"))
    assert [row.amount for row in holding(village)] == [Decimal("0.125")]


@pytest.mark.parametrize(
    ("measure", "stored", "typed_now", "shown"), [("won_value", "4321", "1234", "4321"), ("win_rate", "0.3", "25", "30")]
)
def test_a_second_target_for_a_holder_and_time_shows_both_amounts_in_one_unit(
    village: Village, signed_in: Callable[[str], Client], measure: str, stored: str, typed_now: str, shown: str
) -> None:
    """A rate is typed in percent: what is stored stands beside it in percent too."""
    aim(village, Decimal(stored), measure=measure)
    answer = signed_in("dora").post("/targets/new", typed(village, measure=measure, amount=typed_now))
    assert answer.status_code == 409
    both = re.findall(r'data-label="(?:Now stored|Yours)">([^<]*)<', answer.content.decode())
    assert both == [shown, typed_now]
    assert [row.amount for row in holding(village)] == [Decimal(stored)]
