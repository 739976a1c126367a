"""The mapping file: written, completed by hand, remembered."""

import json
from typing import Any

import pytest

from bailiwick.exchange.rules.detecting import detect
from bailiwick.exchange.rules.mapping_file import from_json, to_json
from bailiwick.kit import Refused
from tests.exchange.exports import GERMAN, deal_rows, german, table


def written(days: int = 12) -> dict[str, Any]:
    return json.loads(json.dumps(to_json(detect([table("Export.csv", GERMAN, deal_rows(days=days))], source="crm"))))


def test_a_mapping_comes_back_as_it_was() -> None:
    mapping = detect([german()], source="crm")
    assert from_json(json.loads(json.dumps(to_json(mapping)))) == mapping


def test_questions_stand_in_the_file_with_choices_and_an_empty_answer() -> None:
    first = written()["questions"][0]
    assert first["answer"] is None
    assert first["ask"].endswith("?")
    assert [answer for answer, _ in first["choices"]] == ["dmy", "mdy"]


def test_filled_answers_are_applied() -> None:
    data = written()
    for question in data["questions"]:
        question["answer"] = "dmy"
    mapping = from_json(data)
    assert not mapping.questions
    assert mapping.tables[0].of("opportunity.close").days == {".4": "dmy"}  # type: ignore[union-attr]
    assert not detect([table("Export.csv", GERMAN, deal_rows(days=12))], known=mapping).questions


def test_a_person_gives_columns_to_a_table_without_header_that_was_left_aside() -> None:
    rows = [(str(number), "2024-05-01", str(100 + number), f"K{number % 7}") for number in range(30)]
    orders = table("orders.txt", ("column 1", "column 2", "column 3", "column 4"), rows, headed=False)
    data = to_json(detect([orders, german()]))
    entry = next(one for one in data["tables"] if one["table"] == "orders.txt")
    assert entry["kind"] == ""
    entry["kind"] = "opportunity"
    entry["columns"] = {"opportunity.key": "column 1", "opportunity.decided": "column 2", "opportunity.value": "column 3"}
    mapping = detect([orders, german()], known=from_json(data))
    assert mapping.tables[0].kind == "opportunity"
    assert mapping.tables[0].of("opportunity.value").column == "column 3"  # type: ignore[union-attr]


def test_a_person_leaves_a_table_aside_and_it_stays_there() -> None:
    data = to_json(detect([german(), german("old.csv")]))
    data["tables"][1] = {"table": "old.csv", "kind": ""}
    mapping = detect([german(), german("old.csv")], known=from_json(data))
    assert [one.kind for one in mapping.tables] == ["opportunity", ""]
    assert [one.kind for one in detect([german(), german("old.csv")], known=from_json(to_json(mapping))).tables] == [
        "opportunity",
        "",
    ]


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ((), [], "the file"),
        (("tables",), {}, "tables"),
        (("tables", 0, "kind"), "deal", "Export.csv, kind"),
        (("tables", 0, "columns", "opportunity.size"), "Wert", "Export.csv, opportunity.size"),
        (("tables", 0, "columns", "opportunity.value"), 7, "Export.csv, opportunity.value"),
        (
            ("tables", 0, "columns", "opportunity.value"),
            {"column": "Wert", "decimal": ";"},
            "Export.csv, opportunity.value, decimal",
        ),
        (
            ("tables", 0, "columns", "opportunity.close"),
            {"column": "x", "days": {"/4": "ydm"}},
            "Export.csv, opportunity.close, days",
        ),
        (("outcomes", "Angebot"), "sold", "outcomes, Angebot"),
        (("steps",), "Angebot", "steps"),
        (("steps",), ["Gewonnen"], "steps"),
        (("same",), {"product": []}, "same, product"),
        (("questions", 0, "choices"), "dmy", "questions 1, choices"),
        (("questions", 0, "answer"), 3, "questions 1, answer"),
        (("colour",), "red", "colour"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_place(path: tuple[Any, ...], value: Any, place: str) -> None:
    data: Any = written()
    if not path:
        data = value
    else:
        inner = data
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = value
    with pytest.raises(Refused) as refused:
        from_json(data)
    assert refused.value.code == "bad_mapping"
    assert f"at {place}:" in str(refused.value.sentence)
