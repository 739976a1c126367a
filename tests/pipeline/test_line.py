"""A typed line: what was done or is planned, what comes next, what was promised, won or lost. Today is Monday, 23 Nov 2026."""

from datetime import date, time
from typing import Any
from uuid import UUID

import pytest

from bailiwick.pipeline.rules.line import Kind, Named, Understood, understand

TODAY = date(2026, 11, 23)
YESTERDAY, TOMORROW = date(2026, 11, 22), date(2026, 11, 24)
WEDNESDAY, THURSDAY, FRIDAY = date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 27)
LAST_FRIDAY, NEXT_MONDAY, NEXT_FRIDAY = date(2026, 11, 20), date(2026, 11, 30), date(2026, 12, 4)

ACME = Named(UUID(int=1), "Acme Inc")
HAFEN = Named(UUID(int=2), "Hafen Logistik GmbH")
LINDHALL = Named(UUID(int=3), "Lindhall AB")
PETRA = Named(UUID(int=11), "Petra Lind", LINDHALL.id)


def read(line: str, language: str = "en") -> Understood:
    return understand(
        line,
        today=TODAY,
        language=language,
        currency="EUR",
        accounts=[ACME, HAFEN, LINDHALL],
        contacts=[PETRA],
        opportunities=[],
    )


def told(understood: Understood, names: Any) -> dict[str, Any]:
    """Of what was understood, what a case speaks of; `step` and `by` are those of what comes next."""
    step = understood.next
    more = {"step": step.kind if step else None, "by": step.by if step else None, "next_text": step.text if step else ""}
    return {name: more[name] if name in more else getattr(understood, name) for name in names}


DONE: list[tuple[str, dict[str, Any]]] = [
    ("met Acme", {"kind": Kind.MEETING, "done": True, "when": TODAY, "account": ACME}),
    ("Met Acme yesterday", {"kind": Kind.MEETING, "done": True, "when": YESTERDAY}),
    ("met Acme on Friday", {"kind": Kind.MEETING, "done": True, "when": LAST_FRIDAY}),
    ("yesterday met Acme", {"kind": Kind.MEETING, "done": True, "when": YESTERDAY}),
    ("Yesterday: met Acme at 9:30", {"kind": Kind.MEETING, "done": True, "when": YESTERDAY, "time": time(9, 30)}),
    ("meeting with Acme, wants 15%", {"kind": Kind.MEETING, "done": True, "when": TODAY}),
    ("meeting with Acme yesterday", {"kind": Kind.MEETING, "done": True, "when": YESTERDAY}),
    ("had a meeting with Acme on Friday", {"kind": Kind.MEETING, "done": True, "when": LAST_FRIDAY}),
    ("visited Hafen", {"kind": Kind.VISIT, "done": True, "when": TODAY, "account": HAFEN}),
    ("called Acme", {"kind": Kind.CALL, "done": True, "when": TODAY}),
    ("CALLED ACME", {"kind": Kind.CALL, "done": True, "account": ACME}),
    ("phoned Acme this morning", {"kind": Kind.CALL, "done": True, "when": TODAY}),
    ("spoke with Petra", {"kind": Kind.CALL, "done": True, "contact": PETRA, "account": LINDHALL}),
    ("I called Acme and they liked it", {"kind": Kind.CALL, "done": True, "next": None}),
    ("emailed Acme", {"kind": Kind.MAIL, "done": True}),
    ("wrote to Acme about the contract", {"kind": Kind.MAIL, "done": True, "next": None}),
    ("sent the proposal to Acme", {"kind": Kind.MAIL, "done": True, "next": None}),
    ("note: Acme moves to a new office", {"kind": Kind.NOTE, "done": True, "when": TODAY}),
    ("had a call with Acme two days ago", {"kind": Kind.CALL, "done": True, "when": date(2026, 11, 21)}),
    ("Acme getroffen", {"kind": Kind.MEETING, "done": True, "account": ACME}),
    ("traf Acme gestern", {"kind": Kind.MEETING, "done": True, "when": YESTERDAY}),
    ("gestern Acme besucht", {"kind": Kind.VISIT, "done": True, "when": YESTERDAY}),
    ("Freitag Acme angerufen", {"kind": Kind.CALL, "done": True, "when": LAST_FRIDAY}),
    ("Acme angerufen", {"kind": Kind.CALL, "done": True, "when": TODAY}),
    ("mit Petra telefoniert", {"kind": Kind.CALL, "done": True, "contact": PETRA}),
    ("Telefonat mit Acme", {"kind": Kind.CALL, "done": True}),
    ("Termin mit Hafen, will 15 Prozent Rabatt", {"kind": Kind.MEETING, "done": True, "account": HAFEN}),
    ("Acme gemailt", {"kind": Kind.MAIL, "done": True}),
    ("an Acme geschrieben", {"kind": Kind.MAIL, "done": True, "account": ACME}),
    ("Notiz: Acme zieht um", {"kind": Kind.NOTE, "done": True}),
    ("vor zwei Wochen Acme besucht", {"kind": Kind.VISIT, "done": True, "when": date(2026, 11, 9)}),
]

PLANNED: list[tuple[str, dict[str, Any]]] = [
    ("call Acme tomorrow", {"kind": Kind.CALL, "done": False, "when": TOMORROW, "next": None}),
    ("tomorrow call Acme", {"kind": Kind.CALL, "done": False, "when": TOMORROW}),
    ("Tomorrow: call Acme at 2pm", {"kind": Kind.CALL, "done": False, "when": TOMORROW, "time": time(14)}),
    ("call Acme", {"kind": Kind.CALL, "done": False, "when": None}),
    ("need to call Acme", {"kind": Kind.CALL, "done": False, "when": None}),
    ("need to call Acme on Friday", {"kind": Kind.CALL, "done": False, "when": FRIDAY}),
    ("remember to visit Hafen next week", {"kind": Kind.VISIT, "done": False, "when": NEXT_MONDAY}),
    ("remember to thank Acme", {"kind": Kind.TASK, "done": False, "account": ACME}),
    ("don't forget to call Acme tomorrow", {"kind": Kind.CALL, "done": False, "when": TOMORROW}),
    ("need to send Acme the proposal by Friday", {"kind": Kind.TASK, "done": False, "when": FRIDAY, "promise": False}),
    ("meet Acme on Friday at 09:30", {"kind": Kind.MEETING, "done": False, "when": FRIDAY, "time": time(9, 30)}),
    ("meeting with Acme on Friday", {"kind": Kind.MEETING, "done": False, "when": FRIDAY}),
    ("met Acme tomorrow", {"kind": Kind.MEETING, "done": False, "when": TOMORROW}),
    ("email Petra in two weeks", {"kind": Kind.MAIL, "done": False, "when": date(2026, 12, 7), "contact": PETRA}),
    ("visit Acme next Friday", {"kind": Kind.VISIT, "done": False, "when": NEXT_FRIDAY}),
    ("morgen Acme anrufen", {"kind": Kind.CALL, "done": False, "when": TOMORROW}),
    ("Acme am Freitag anrufen", {"kind": Kind.CALL, "done": False, "when": FRIDAY}),
    ("Termin mit Acme morgen 14 Uhr", {"kind": Kind.MEETING, "done": False, "when": TOMORROW, "time": time(14)}),
    ("muss Acme bis Freitag besuchen", {"kind": Kind.VISIT, "done": False, "when": FRIDAY}),
    ("nicht vergessen: Acme anrufen", {"kind": Kind.CALL, "done": False}),
    ("Acme tomorrow 14:00", {"kind": Kind.TASK, "done": False, "when": TOMORROW, "time": time(14)}),
    ("Rückruf Petra morgen 9:15 Uhr", {"kind": Kind.CALL, "done": False, "when": TOMORROW, "time": time(9, 15)}),
    ("nächste Woche Hafen besuchen", {"kind": Kind.VISIT, "done": False, "when": NEXT_MONDAY}),
]

NEXT: list[tuple[str, dict[str, Any]]] = [
    (
        "met Acme, proposal 84k by Friday, wants 15%",
        {"done": True, "when": TODAY, "step": "proposal", "by": FRIDAY, "next_text": "proposal 84k by Friday"},
    ),
    ("met Acme, demo next week", {"done": True, "step": "demo", "by": NEXT_MONDAY}),
    ("called Acme, meeting on Wednesday", {"kind": Kind.CALL, "when": TODAY, "step": "meeting", "by": WEDNESDAY}),
    ("met Acme, call them back in 3 days", {"kind": Kind.MEETING, "step": "call", "by": THURSDAY}),
    ("met Acme yesterday. Contract by Friday", {"when": YESTERDAY, "step": "contract", "by": FRIDAY}),
    ("met Acme and need to send an offer by Friday", {"kind": Kind.MEETING, "done": True, "step": "offer", "by": FRIDAY}),
    ("met Acme, they want a demo", {"step": "demo", "by": None}),
    ("call Acme tomorrow, proposal by Friday", {"done": False, "when": TOMORROW, "step": "proposal", "by": FRIDAY}),
    ("proposal for Acme by Friday", {"kind": Kind.NOTE, "done": True, "when": TODAY, "step": "proposal", "by": FRIDAY}),
    ("met Acme on Friday, offer by Friday", {"when": LAST_FRIDAY, "step": "offer", "by": FRIDAY}),
    ("met Acme", {"next": None}),
    ("Acme getroffen, Angebot bis Freitag", {"kind": Kind.MEETING, "step": "offer", "by": FRIDAY}),
    ("Acme angerufen, Termin nächste Woche", {"kind": Kind.CALL, "done": True, "step": "meeting", "by": NEXT_MONDAY}),
    ("Hafen besucht, Vertrag bis Ende des Monats", {"kind": Kind.VISIT, "step": "contract", "by": NEXT_MONDAY}),
    ("wrote proposal for Acme", {"kind": Kind.MAIL, "next": None}),
    ("called Acme about the meeting on Friday", {"when": LAST_FRIDAY, "next": None}),
    ("Demo for Acme went great", {"kind": Kind.NOTE, "done": True, "next": None}),
    ("Acme will decide by Friday", {"kind": Kind.NOTE, "done": True, "step": None, "by": FRIDAY}),
    ("Acme moves next week", {"kind": Kind.NOTE, "done": True, "step": None, "by": NEXT_MONDAY}),
    ("Angebot an Hafen bis Freitag, will 5 % Skonto", {"kind": Kind.NOTE, "step": "offer", "by": FRIDAY, "account": HAFEN}),
    ("called Acme, back on Wednesday", {"kind": Kind.CALL, "done": True, "step": None, "by": WEDNESDAY}),
]

PROMISED: list[tuple[str, dict[str, Any]]] = [
    ("promised the reference by Friday", {"promise": True, "step": "reference", "by": FRIDAY, "done": True}),
    ("will send the offer tomorrow", {"promise": True, "step": "offer", "by": TOMORROW}),
    ("I'll send Acme the offer tomorrow", {"promise": True, "by": TOMORROW, "account": ACME}),
    ("met Acme, promised the reference by Friday", {"promise": True, "kind": Kind.MEETING, "by": FRIDAY}),
    ("met Acme and promised samples by Friday", {"promise": True, "step": "sample", "by": FRIDAY}),
    ("promised to call Petra on Friday", {"promise": True, "step": "call", "by": FRIDAY, "done": True, "kind": Kind.NOTE}),
    ("Referenz bis Freitag versprochen", {"promise": True, "step": "reference", "by": FRIDAY}),
    ("Acme Referenz bis Freitag versprochen", {"promise": True, "account": ACME, "by": FRIDAY}),
    ("werde das Angebot morgen schicken", {"promise": True, "step": "offer", "by": TOMORROW}),
    ("met Acme", {"promise": False}),
    ("they promised a decision by Friday", {"promise": False, "by": FRIDAY}),
    ("Acme promised a decision by Friday", {"promise": False}),
    ("they will send the contract by Friday", {"promise": False, "step": "contract", "by": FRIDAY}),
    ("Kunde hat Entscheidung bis Freitag versprochen", {"promise": False}),
    ("call Acme tomorrow", {"promise": False}),
]

DECIDED: list[tuple[str, dict[str, Any]]] = [
    ("lost Acme, too expensive", {"outcome": "lost", "reason": "too expensive", "account": ACME, "done": True}),
    ("lost Acme because they stopped the project", {"outcome": "lost", "reason": "they stopped the project"}),
    ("Acme lost to Siemens", {"outcome": "lost", "reason": "to Siemens"}),
    ("lost Acme yesterday, too late", {"outcome": "lost", "reason": "too late", "when": YESTERDAY}),
    ("Acme signed at 22%", {"outcome": "won", "reason": "", "when": TODAY}),
    ("Acme signed last night", {"outcome": "won", "when": YESTERDAY}),
    ("won Acme, 84k", {"outcome": "won", "account": ACME}),
    ("met Acme, signed!", {"outcome": "won", "kind": Kind.MEETING}),
    ("gewonnen", {"outcome": "won"}),
    ("Acme gewonnen, weil der Service besser ist", {"outcome": "won", "reason": "der Service besser ist"}),
    ("Acme verloren weil zu teuer", {"outcome": "lost", "reason": "zu teuer", "account": ACME}),
    ("verloren, zu teuer", {"outcome": "lost", "reason": "zu teuer"}),
    ("Hafen hat unterschrieben", {"outcome": "won", "account": HAFEN}),
    ("lost Acme, too expensive, call again in two weeks", {"outcome": "lost", "step": "call", "by": date(2026, 12, 7)}),
    ("Acme not lost yet", {"outcome": None}),
    ("contract to be signed by Friday", {"outcome": None, "step": "contract", "by": FRIDAY}),
    ("if Acme signed we would celebrate", {"outcome": None}),
    ("Acme won't decide", {"outcome": None}),
    ("lost contact with Acme", {"outcome": None}),
    ("Acme noch nicht unterschrieben", {"outcome": None}),
    ("Acme won?", {"outcome": None}),
]

NOT_DONE: list[tuple[str, dict[str, Any]]] = [
    ("did not call Acme", {"kind": Kind.NOTE, "done": True, "when": TODAY}),
    ("meeting with Acme cancelled", {"kind": Kind.NOTE, "done": True}),
    ("Termin mit Acme abgesagt", {"kind": Kind.NOTE}),
    ("Acme hires people", {"kind": Kind.NOTE, "done": True, "when": TODAY, "next": None, "account": ACME}),
    ("", {"kind": Kind.NOTE, "done": True, "when": TODAY, "account": None, "account_text": "", "next": None}),
    ("🙂", {"kind": Kind.NOTE, "done": True, "when": TODAY}),
    ("they need to decide", {"kind": Kind.NOTE, "done": True}),
]


@pytest.mark.parametrize(("line", "expected"), [*DONE, *PLANNED, *NEXT, *PROMISED, *DECIDED, *NOT_DONE])
def test_a_line_says(line: str, expected: dict[str, Any]) -> None:
    assert told(read(line), expected) == expected


GERMAN_SCREEN = [*DONE, *PLANNED, *NEXT, *PROMISED, *DECIDED]


@pytest.mark.parametrize(("line", "expected"), GERMAN_SCREEN)
def test_both_languages_are_understood_on_a_german_screen_too(line: str, expected: dict[str, Any]) -> None:
    assert told(read(line, "de"), expected) == expected


CHIPS = [
    ("met Acme, proposal by Friday", ["meeting, today", "Acme Inc", "next: proposal, 2026-11-27"]),
    ("met Acme, wants 15%", ["meeting, today", "Acme Inc", "wants 15% off"]),
    ("call Petra tomorrow at 14:00", ["planned: call, tomorrow 14:00", "Lindhall AB", "Petra Lind"]),
    ("met Foobar GmbH yesterday", ["meeting, yesterday", "new company? Foobar GmbH"]),
    ("Acme signed at 22%", ["note, today", "Acme Inc", "22% off", "won"]),
    ("lost Acme, too expensive", ["note, today", "Acme Inc", "lost: too expensive"]),
    ("promised a demo by Friday", ["note, today", "next: demo, 2026-11-27", "promised to the customer"]),
    ("called Acme, proposal by 2026-11-02", ["call, today", "Acme Inc", "next: proposal", "ask: which day is by 2026-11-02?"]),
    ("nothing to see", ["note, today"]),
]


@pytest.mark.parametrize(("line", "expected"), CHIPS)
def test_the_chips_tell_in_order_how_it_was_understood(line: str, expected: list[str]) -> None:
    assert [str(chip) for chip in read(line).chips] == expected


def test_what_was_typed_is_kept_with_its_blanks() -> None:
    assert read("  met   Acme \n").text == "  met   Acme \n"
