"""Each measure has a page, and the example worked there by hand is what the product answers."""

from datetime import date
from decimal import Decimal

import pytest

from bailiwick.measures import MEASURES
from bailiwick.mirror import Question
from bailiwick.performance.queries import figures
from bailiwick.performance.rules.periods import read_period
from tests.measures.worked import PAGES, Example, example, live

NUMBERS = ("value", "low", "high", "n", "undated", "stale", "still")


def test_every_measure_has_its_page_and_every_page_its_measure() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} - {"README"} == set(MEASURES)


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_the_worked_example_of_a_measure_is_what_the_product_answers(name: str, db: None) -> None:
    worked = example(name)
    assert worked.answers, "an example that answers nothing shows nothing"
    for line, told in zip(worked.answers, answers(worked), strict=True):
        for column in set(line) & {*NUMBERS, "key", "currency"}:
            if line[column]:
                same(line[column], told[column], f"{name}, {column}")


def answers(worked: Example) -> list[dict[str, object]]:
    lived, asked = live(worked.given), worked.asked
    period = read_period(asked["period"]) if asked.get("period") else None
    question = Question(
        as_of=date.fromisoformat(asked["as of"]),
        since=period.since if period else None,
        until=period.until if period else None,
        by=(asked["by"],) if asked.get("by") else (),
    )
    answer = figures(MEASURES[asked["measure"]], lived.by.scope, question)
    return [
        {
            "key": str(answer.name(figure)), "value": figure.value, "low": figure.low, "high": figure.high, "n": figure.n,
            "currency": figure.currency, **{word: figure.beside.get(word, 0) for word in ("undated", "stale", "still")},
        }
        for figure in answer.figures
    ]  # fmt: skip


def same(written: str, told: object, where: str) -> None:
    """A number as written, to as many digits as are written; a word as it stands."""
    try:
        wanted = Decimal(written)
    except ArithmeticError:
        assert str(told) == written, where
        return
    assert told is not None, where
    digits = max(-int(wanted.as_tuple().exponent), 0)
    assert round(Decimal(str(float(str(told)))), digits) == wanted, where
