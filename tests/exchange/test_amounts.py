"""Amounts, percents and checks as they are written."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bailiwick.exchange.rules.values.amounts import amount_of, check_of, currency_of, marks_of, percent_of

AMOUNTS = st.decimals(min_value=Decimal("-99999999999.99"), max_value=Decimal("99999999999.99"), places=2)
# Marks of thousands beside each decimal mark.
THOUSANDS = {".": ["", ",", " ", "'", "\u202f", "\xa0"], ",": ["", ".", " ", "’", "\u202f", "\xa0"]}


@pytest.mark.parametrize(
    ("text", "decimal", "amount"),
    [
        ("1054", ".", "1054"),
        ("1,234.50", ".", "1234.50"),
        ("1.234,50", ",", "1234.50"),
        ("1'234.50", ".", "1234.50"),
        ("1 234 567,8", ",", "1234567.8"),
        ("12,34,567.5", ".", "1234567.5"),
        ("1.234", ".", "1.234"),
        ("1.234", ",", "1234"),
        ("$1,117.10K", ".", "1117100"),
        ("US$5m", ".", "5000000"),
        ("3 Mio. €", ",", "3000000"),
        ("1,5 Tsd.", ",", "1500"),
        ("0.25B", ".", "250000000"),
        ("(500.00)", ".", "-500.00"),
        ("($500.00)", ".", "-500.00"),
        ("-$500", ".", "-500"),
        ("$-500", ".", "-500"),
        ("500-", ".", "-500"),
        ("−500", ".", "-500"),
        ("CHF 5.-", ".", "5"),
        ("CHF 5.–", ".", "5"),
        ("EUR 5", ".", "5"),
        ("1.5E+05", ".", "150000"),
        ("1e-2", ".", "0.01"),
        (".5", ".", "0.5"),
        ("17", "", "17"),
    ],
)
def test_amounts_are_read_exactly(text: str, decimal: str, amount: str) -> None:
    assert str(amount_of(text, decimal)) == amount


@pytest.mark.parametrize(
    "text",
    [*"NaN Infinity -inf 1e400 1e-400 12% abc $ 1,2,3 1.2.3 --5 (5 5) (-5) 2016-10-20 10:20 1_000 0x10".split(), "1 5", "9" * 60],
)
def test_what_is_no_amount_raises(text: str) -> None:
    assert marks_of([text]) == ()
    for decimal in ".,":
        with pytest.raises(ValueError, match="no amount"):
            amount_of(text, decimal)


@pytest.mark.parametrize("text", ["", " ", "-", "NULL", "N/A", "None"])
def test_placeholders_are_no_amount_and_no_mistake(text: str) -> None:
    assert amount_of(text, ".") is None
    assert percent_of(text, ".") is None


@pytest.mark.parametrize(
    ("cells", "marks"),
    [
        (["17", "5"], (".",)),
        (["1.5", "17"], (".",)),
        (["1,5", "17"], (",",)),
        (["1.234", "17"], (".", ",")),
        (["1,234", "-"], (".", ",")),
        (["1,234", "5.5"], (".",)),
        (["1.234", "5,5"], (",",)),
        (["1.234", "1.234.567"], (",",)),
        (["0.123"], (".",)),
        (["1234.567"], (".",)),
        (["1.5", "1,5"], ()),
        (["1.5", "soon"], ()),
        (["", "-"], ()),
        ([], ()),
    ],
)
def test_a_column_decides_its_decimal_mark_or_leaves_it_open(cells: list[str], marks: tuple[str, ...]) -> None:
    assert marks_of(cells) == marks


@given(AMOUNTS, st.sampled_from(".,"), st.data(), st.sampled_from(["{}", "$ {}", "{} €", "CHF {}", "EUR{}"]))
def test_amounts_come_back_under_either_mark(amount: Decimal, decimal: str, data: st.DataObject, money: str) -> None:
    thousands = data.draw(st.sampled_from(THOUSANDS[decimal]))
    text = f"{amount:,.2f}".replace(",", "\0").replace(".", decimal).replace("\0", thousands)
    assert amount_of(money.format(text), decimal) == amount
    assert decimal in marks_of([money.format(text)])


@given(AMOUNTS)
def test_amounts_in_brackets_are_negative(amount: Decimal) -> None:
    assert amount_of(f"({abs(amount)})", ".") == -abs(amount)


@given(
    st.decimals(min_value=Decimal("-999999"), max_value=Decimal("999999"), places=3),
    st.sampled_from([("K", 3), ("Mio.", 6), ("bn", 9)]),
)
def test_scales_multiply_exactly(amount: Decimal, scale: tuple[str, int]) -> None:
    assert amount_of(f"{amount} {scale[0]}", ".") == amount * 10 ** scale[1]


@given(st.text(max_size=12))
def test_any_text_is_an_amount_or_raises_and_both_ways_agree(text: str) -> None:
    for decimal in ".,":
        try:
            amount = amount_of(text, decimal)
        except ValueError:
            assert decimal not in marks_of([text])
        else:
            assert amount is None or amount.is_finite()


@pytest.mark.parametrize(
    ("text", "decimal", "share"),
    [
        ("12.5%", ".", "0.125"),
        ("12,5 %", ",", "0.125"),
        ("0.125", ".", "0.125"),
        ("12.5", ".", "0.125"),
        ("1", ".", "1"),
        ("0.5%", ".", "0.005"),
    ],
)
def test_percents_are_shares_of_one(text: str, decimal: str, share: str) -> None:
    assert percent_of(text, decimal) == Decimal(share)


@pytest.mark.parametrize(
    ("cells", "currency"),
    [
        (["€ 5", "7"], "EUR"),
        (["5 EUR", "€7"], "EUR"),
        (["£5"], "GBP"),
        (["$5"], ""),
        (["US$5", "USD 7"], "USD"),
        (["$5", "USD 7"], ""),
        (["€5", "£7"], ""),
        (["5"], ""),
        ([], ""),
    ],
)
def test_a_currency_is_named_where_all_signs_agree(cells: list[str], currency: str) -> None:
    assert currency_of(cells) == currency


@pytest.mark.parametrize(
    ("text", "check"), [("1", True), ("Yes", True), ("ja", True), ("X", True), ("0", False), ("FALSE", False), ("n", False)]
)
def test_checks_in_many_words(text: str, check: bool) -> None:
    assert check_of(text) is check


@pytest.mark.parametrize("text", ["", "-", "2", "maybe"])
def test_what_is_no_check_is_none(text: str) -> None:
    assert check_of(text) is None
