"""Money and discounts of a line."""

from datetime import date
from decimal import Decimal

import pytest

from bailiwick.kit import Money
from bailiwick.pipeline.rules.line import Understood, understand


def read(line: str, currency: str = "EUR") -> Understood:
    day = date(2026, 11, 23)
    return understand(line, today=day, language="en", currency=currency, accounts=[], contacts=[], opportunities=[])


AMOUNTS = [
    ("84k", "84000", "EUR"),
    ("84K", "84000", "EUR"),
    ("84 k", "84000", "EUR"),
    ("84 000", "84000", "EUR"),
    ("84\N{NO-BREAK SPACE}000", "84000", "EUR"),
    ("84.000 EUR", "84000", "EUR"),
    ("84.000", "84000", "EUR"),
    ("84,000", "84000", "EUR"),
    ("84'000", "84000", "EUR"),
    ("84000", "84000", "EUR"),
    ("€ 84k", "84000", "EUR"),
    ("€84k", "84000", "EUR"),
    ("84k€", "84000", "EUR"),
    ("84 T€", "84000", "EUR"),
    ("T€ 84", "84000", "EUR"),
    ("84 TEUR", "84000", "EUR"),
    ("1.2m", "1200000", "EUR"),
    ("1,2 Mio", "1200000", "EUR"),
    ("1,2 Mio. €", "1200000", "EUR"),
    ("1.2 million", "1200000", "EUR"),
    ("1,5 Millionen Euro", "1500000", "EUR"),
    ("2 bn", "2000000000", "EUR"),
    ("$84,000", "84000", "USD"),
    ("$ 84,000.50", "84000.50", "USD"),
    ("84.000,50 EUR", "84000.50", "EUR"),
    ("84 000,50 €", "84000.50", "EUR"),
    ("USD 84k", "84000", "USD"),
    ("£12.5k", "12500", "GBP"),
    ("CHF 84'000", "84000", "CHF"),
    ("Fr. 500", "500", "CHF"),
    ("84 thousand", "84000", "EUR"),
    ("84 tausend", "84000", "EUR"),
    ("84 Tsd.", "84000", "EUR"),
    ("84 Tsd. EUR", "84000", "EUR"),
    ("5 €", "5", "EUR"),
    ("9,90 €", "9.90", "EUR"),
    ("1.234.567 EUR", "1234567", "EUR"),
]


@pytest.mark.parametrize(("words", "amount", "currency"), AMOUNTS)
@pytest.mark.parametrize("line", ["met Foobar, proposal {} by Friday", "Foobar getroffen, Angebot {} bis Freitag", "{}"])
def test_an_amount(line: str, words: str, amount: str, currency: str) -> None:
    assert read(line.format(words)).money == Money(Decimal(amount), currency)


def test_the_own_currency_is_meant_where_none_is_named() -> None:
    assert read("proposal 84k", "SEK").money == Money(Decimal(84000), "SEK")
    assert read("proposal $84k", "CAD").money == Money(Decimal(84000), "CAD")
    assert read("proposal 84k", "").money == Money(Decimal(84000), "")


NO_MONEY = [
    "met Foobar at 14:00",
    "40 t hoist",
    "5 m of cable",
    "10k users",
    "84 000 units",
    "called 040 123 456",
    "called +49 170 1234567",
    "ticket #84000",
    "visited Foobar, 20457 Hamburg",
    "by 27.11.2026",
    "in 2027",
    "room 12000",
    "wants 5k off",
    "discount of 5k",
    "2nd call",
    "80% sure",
    "3 licences, 1.200 € each",
    "3 Lizenzen à 1.200 €",
]


@pytest.mark.parametrize("line", NO_MONEY)
def test_a_number_that_is_no_money(line: str) -> None:
    understood = read(line)
    assert understood.money is None
    assert "ask: which amount is meant?" not in map(str, understood.chips)


def test_of_several_amounts_none_is_guessed() -> None:
    for line in ("84k or 90k", "80-90k", "between 84k and 90k"):
        understood = read(line)
        assert understood.money is None
        assert "ask: which amount is meant?" in map(str, understood.chips)


def test_the_amount_of_the_deal_goes_before_others_and_the_same_twice_is_one() -> None:
    assert read("proposal 84k, saves them 200k a year").money == Money(Decimal(84000), "EUR")
    assert read("84k, yes 84.000").money == Money(Decimal(84000), "EUR")


DISCOUNTS = [
    ("wants 15%", "0.15"),
    ("wants 15% off", "0.15"),
    ("met Foobar, wants 15 %", "0.15"),
    ("15 % off", "0.15"),
    ("minus 15%", "0.15"),
    ("-15%", "0.15"),
    ("asked for 12.5%", "0.125"),
    ("asks for a discount of 10 percent", "0.10"),
    ("they want another 5%", "0.05"),
    ("gave 8%", "0.08"),
    ("Foobar signed at 22%", "0.22"),
    ("15 Prozent Rabatt", "0.15"),
    ("will 15% Rabatt", "0.15"),
    ("Kunde möchte 12,5 % Nachlass", "0.125"),
    ("15% Skonto", "0.15"),
    ("gewonnen mit 22%", "0.22"),
    ("Rabatt 7%", "0.07"),
    ("wants 15%, 80% sure", "0.15"),
    ("Foobar signed! 45.000 € at 8%", "0.08"),
    ("wants it 10% cheaper", "0.10"),
]


@pytest.mark.parametrize(("line", "share"), DISCOUNTS)
def test_a_discount(line: str, share: str) -> None:
    assert read(line).discount == Decimal(share)


NO_DISCOUNTS = [
    "80% sure",
    "we are 80 percent sure",
    "probability 60%",
    "60% chance",
    "margin 22%",
    "wants 50% upfront",
    "wants 30% of the modules",
    "wants 20% more",
    "plus 19% VAT",
    "zu 80% sicher",
    "Wahrscheinlichkeit 60 %",
    "30% Anzahlung",
    "minus 150%",
    "wants 15 licences",
    "the competitor is 20% cheaper",
]


@pytest.mark.parametrize("line", NO_DISCOUNTS)
def test_a_percentage_that_is_no_discount(line: str) -> None:
    understood = read(line)
    assert understood.discount is None
    assert "ask: which discount is meant?" not in map(str, understood.chips)


@pytest.mark.parametrize("line", ["Foobar, 15%", "wants 10-15%", "wants 10%, wants 15%"])
def test_a_percentage_that_nothing_explains_is_asked(line: str) -> None:
    understood = read(line)
    assert understood.discount is None
    assert "ask: which discount is meant?" in map(str, understood.chips)
