"""Activities: what they are, when they were, with whom."""

from datetime import date

import pytest

from bailiwick.exchange.rules.rehearsing.activities import day_and_due, kind_of
from tests.exchange.rehearsed import TODAY, by_key, finding, only, reasons, rehearsed

PAST, AHEAD = date(2026, 11, 1), date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Call", "call"), ("Anruf", "call"), ("Telefonat", "call"), ("PHONE_CALL", "call"),
        ("E-Mail", "mail"), ("email", "mail"), ("Outgoing Email", "mail"),
        ("Meeting", "meeting"), ("Demo", "meeting"), ("Termin", "meeting"), ("Event", "meeting"), ("Zoom", "meeting"),
        ("Besuch", "visit"), ("Site visit", "visit"), ("Task", "task"), ("To-Do", "task"), ("Aufgabe", "task"), ("Follow-up", "task"),
        ("Note", "note"), ("Notiz", "note"), ("", "note"), ("Xyzzy", "note"),
    ],
)  # fmt: skip
def test_kinds_are_understood_in_the_words_of_their_source(text: str, kind: str) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("kind", "status", "day", "due", "when"),
    [
        ("call", "", PAST, None, (PAST, None)),
        ("call", "", AHEAD, None, (None, AHEAD)),
        ("call", "Completed", PAST, AHEAD, (PAST, None)),
        ("task", "Not Started", PAST, AHEAD, (None, AHEAD)),
        ("task", "Offen", PAST, None, (None, PAST)),
        ("task", "In Progress", None, None, (None, None)),
        ("task", "Completed", None, PAST, (PAST, None)),
        ("task", "", PAST, AHEAD, (None, AHEAD)),
        ("call", "Completed", AHEAD, None, (None, AHEAD)),
        ("task", "", None, None, (None, None)),
        ("task", "Done", None, None, None),
        ("call", "", None, None, None),
    ],
)
def test_what_is_ahead_or_waits_is_planned(kind: str, status: str, day: date, due: date, when: object) -> None:
    assert day_and_due(kind, status, day, due, TODAY) == when


def test_an_activity_is_with_the_company_of_its_deal_or_its_contact() -> None:
    found = rehearsed(
        contact="key|name|account\nc|Jo|Acme",
        opportunity="key|account\nd|Borg",
        activity="key|kind|text|owner|day|contact|opportunity\n1|Call|Hello|Anna|2026-11-01|c|\n2|Call|Hi|Anna|2026-11-01|c|d\n3|Call|Hm|Anna|2026-11-01||x",
    )
    activities = by_key(found, "activity")
    assert [activities[key].values["account"] for key in "123"] == ["Acme", "Borg", None]
    assert (activities["2"].values["opportunity"], activities["1"].values["owner"]) == ("d", "Anna")
    assert finding(found, "dangling_reference").examples == (("activities", 4),)


def test_a_contact_named_by_address_only_leads_to_the_company_of_its_deal() -> None:
    found = rehearsed(
        opportunity="key|account|contact\nd|Acme|jo@acme.com", activity="kind|day|contact\nCall|2026-11-01|jo@acme.com"
    )
    assert only(found, "activity")["account"] == "Acme"


def test_without_ids_two_equal_rows_are_two_activities_and_with_ids_they_are_one() -> None:
    assert len(rehearsed(activity="kind|day\nCall|2026-11-01\nCall|2026-11-01").records["activity"]) == 2
    found = rehearsed(activity="key|kind|day\n1|Call|2026-11-01\n1|Call|2026-11-01\n1|Mail|2026-11-01\n2|Call|")
    assert (len(found.records["activity"]), found.duplicates) == (1, 1)
    assert reasons(found) == {
        4: "A row before this one has the same id with other content.",
        5: "No day says when it was or will be.",
    }
