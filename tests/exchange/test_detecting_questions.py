"""What the data settle is settled, what they leave open is asked, and what was answered is not asked again."""

import pytest

from bailiwick.exchange.rules.detecting import answered, detect
from bailiwick.exchange.rules.mapping import Mapping
from bailiwick.kit import Refused
from tests.exchange.exports import FIRMS, GERMAN, PEOPLE, PHASES, deal_rows, table


def _days(entered: str, closed: str, count: int = 30) -> Mapping:
    rows = [
        (
            f"D{number}",
            FIRMS[number % 8],
            PEOPLE[number % 4],
            PHASES[number % 5],
            "5,5",
            entered % (number % 9 + 1),
            closed % (number % 9 + 1),
        )
        for number in range(count)
    ]
    return detect([table("deals.csv", ("Deal Id", "Company", "Owner", "Stage", "Amount", "Created", "Close date"), rows)])


def test_a_day_that_can_be_read_in_two_ways_is_asked_with_an_example() -> None:
    mapping = _days("2021-01-%02d", "03/%02d/2022")
    (question,) = mapping.open_questions
    assert question.key == "days|deals.csv|Close date|/4"
    assert {answer: str(meaning) for answer, meaning in question.choices} == {
        "mdy": "03/01/2022 is 2022-03-01",
        "dmy": "03/01/2022 is 2022-01-03",
    }
    assert mapping.tables[0].of("opportunity.close").days == {}  # type: ignore[union-attr]
    done = answered(mapping, {question.key: "mdy"})
    assert done.tables[0].of("opportunity.close").days == {"/4": "mdy"}  # type: ignore[union-attr]
    assert not done.questions


def test_another_column_of_the_table_that_is_written_alike_decides() -> None:
    mapping = _days("%02d/25/2021", "03/%02d/2022")
    assert not mapping.questions
    assert mapping.tables[0].of("opportunity.close").days == {"/4": "mdy"}  # type: ignore[union-attr]


def test_a_reading_that_closes_most_deals_before_they_open_is_wrong() -> None:
    mapping = _days("2022-11-%02d", "%02d/12/2022")
    assert not mapping.questions
    assert mapping.tables[0].of("opportunity.close").days == {"/4": "dmy"}  # type: ignore[union-attr]


def test_an_amount_that_can_be_read_in_two_ways_is_asked() -> None:
    rows = [(*row[:4], f"{number + 1}.500", *row[5:]) for number, row in enumerate(deal_rows())]
    mapping = detect([table("Export.csv", GERMAN, rows)])
    (question,) = mapping.open_questions
    assert question.key == "decimal|Export.csv|Wert"
    assert [answer for answer, _ in question.choices] == [",", "."]
    assert answered(mapping, {question.key: ","}).tables[0].of("opportunity.value").decimal == ","  # type: ignore[union-attr]


def test_a_stage_that_nobody_knows_is_open_where_its_deals_lack_an_end_and_asked_otherwise() -> None:
    rows = [
        (*row[:3], "Zwiebel", row[4], row[5], "", row[7]) if number % 9 == 0 else row for number, row in enumerate(deal_rows())
    ]
    rows = [(*row[:3], "Gurke", *row[4:]) if number % 11 == 1 and row[6] else row for number, row in enumerate(rows)]
    mapping = detect([table("Export.csv", GERMAN, rows)])
    assert mapping.outcomes["Zwiebel"] == "open"
    assert [question.key for question in mapping.open_questions] == ["stage|Gurke"]
    done = answered(mapping, {"stage|Gurke": "withdrawn"})
    assert done.outcomes["Gurke"] == "withdrawn"
    assert "Gurke" not in done.steps


def test_an_answer_that_is_no_choice_is_refused() -> None:
    mapping = _days("2021-01-%02d", "03/%02d/2022")
    with pytest.raises(Refused, match="no_such_answer"):
        answered(mapping, {mapping.questions[0].key: "ydm"})
    with pytest.raises(Refused, match="no_such_question"):
        answered(mapping, {"days|other.csv|x|/4": "dmy"})


def test_what_was_settled_once_is_not_asked_again() -> None:
    first = _days("2021-01-%02d", "03/%02d/2022")
    known = answered(first, {first.questions[0].key: "mdy"})
    rows = [
        (f"D{n}", FIRMS[n % 8], PEOPLE[n % 4], PHASES[n % 5], "5,5", "2021-01-05", f"04/0{n % 9 + 1}/2022") for n in range(30)
    ]
    again = detect(
        [
            table(
                "deals.csv",
                tuple(column for column in ("Deal Id", "Company", "Owner", "Stage", "Amount", "Created", "Close date")),
                rows,
            )
        ],
        known=known,
    )
    assert not again.questions
    assert again.tables == known.tables
