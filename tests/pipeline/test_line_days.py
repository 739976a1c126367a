"""The days and times of a line, in words and numbers. Today is Monday, 23 Nov 2026."""

from datetime import date, time

import pytest

from bailiwick.pipeline.rules.line import Understood, understand

TODAY = date(2026, 11, 23)


def read(line: str, language: str = "en", today: date = TODAY) -> Understood:
    return understand(line, today=today, language=language, currency="EUR", accounts=[], contacts=[], opportunities=[])


AHEAD = [
    ("today", date(2026, 11, 23)),
    ("tomorrow", date(2026, 11, 24)),
    ("the day after tomorrow", date(2026, 11, 25)),
    ("Friday", date(2026, 11, 27)),
    ("on Friday", date(2026, 11, 27)),
    ("by friday", date(2026, 11, 27)),
    ("Monday", date(2026, 11, 30)),
    ("Sunday", date(2026, 11, 29)),
    ("next Friday", date(2026, 12, 4)),
    ("next Monday", date(2026, 11, 30)),
    ("Friday next week", date(2026, 12, 4)),
    ("next week", date(2026, 11, 30)),
    ("in two weeks", date(2026, 12, 7)),
    ("in 2 weeks", date(2026, 12, 7)),
    ("in a week", date(2026, 11, 30)),
    ("in 10 days", date(2026, 12, 3)),
    ("in a month", date(2026, 12, 23)),
    ("end of month", date(2026, 11, 30)),
    ("by the end of the month", date(2026, 11, 30)),
    ("end of the week", date(2026, 11, 27)),
    ("end of next month", date(2026, 12, 31)),
    ("end of January", date(2027, 1, 31)),
    ("end of year", date(2026, 12, 31)),
    ("on 27 Nov", date(2026, 11, 27)),
    ("27th of November", date(2026, 11, 27)),
    ("Nov 27", date(2026, 11, 27)),
    ("November 27, 2027", date(2027, 11, 27)),
    ("Friday 27 Nov", date(2026, 11, 27)),
    ("Friday, 27 Nov", date(2026, 11, 27)),
    ("on 3 March", date(2027, 3, 3)),
    ("27.11.", date(2026, 11, 27)),
    ("by 27.11", date(2026, 11, 27)),
    ("27.11.2026", date(2026, 11, 27)),
    ("27.11.26", date(2026, 11, 27)),
    ("5.1.", date(2027, 1, 5)),
    ("2026-11-27", date(2026, 11, 27)),
    ("27/11", date(2026, 11, 27)),
    ("11/27", date(2026, 11, 27)),
    ("27/11/2026", date(2026, 11, 27)),
    ("by the 27th", date(2026, 11, 27)),
    ("heute", date(2026, 11, 23)),
    ("morgen", date(2026, 11, 24)),
    ("übermorgen", date(2026, 11, 25)),
    ("Freitag", date(2026, 11, 27)),
    ("bis Freitag", date(2026, 11, 27)),
    ("am Freitag", date(2026, 11, 27)),
    ("nächsten Freitag", date(2026, 12, 4)),
    ("Freitag nächster Woche", date(2026, 12, 4)),
    ("nächste Woche", date(2026, 11, 30)),
    ("in 2 Wochen", date(2026, 12, 7)),
    ("in zwei Wochen", date(2026, 12, 7)),
    ("in einer Woche", date(2026, 11, 30)),
    ("in 3 Tagen", date(2026, 11, 26)),
    ("Ende des Monats", date(2026, 11, 30)),
    ("bis Monatsende", date(2026, 11, 30)),
    ("Ende November", date(2026, 11, 30)),
    ("Ende der Woche", date(2026, 11, 27)),
    ("27. November", date(2026, 11, 27)),
    ("am 27. Nov. 2027", date(2027, 11, 27)),
    ("bis zum 27.11.", date(2026, 11, 27)),
    ("Fr, 27.11.", date(2026, 11, 27)),
    ("KW 49", date(2026, 11, 30)),
]


@pytest.mark.parametrize(("words", "day"), AHEAD)
@pytest.mark.parametrize("language", ["en", "de"])
def test_a_planned_call_is_on_the_day_ahead(words: str, day: date, language: str) -> None:
    understood = read(f"need to call Foobar {words}", language)
    assert (understood.done, understood.when) == (False, day)


@pytest.mark.parametrize(("words", "day"), AHEAD)
def test_a_day_may_open_the_line(words: str, day: date) -> None:
    assert read(f"{words}: call Foobar").when == day or words.startswith(("by", "bis"))


BEHIND = [
    ("today", date(2026, 11, 23)),
    ("yesterday", date(2026, 11, 22)),
    ("last night", date(2026, 11, 22)),
    ("Friday", date(2026, 11, 20)),
    ("on Monday", date(2026, 11, 16)),
    ("last Friday", date(2026, 11, 20)),
    ("on 20 Nov", date(2026, 11, 20)),
    ("on 3 December", date(2025, 12, 3)),
    ("20.11.", date(2026, 11, 20)),
    ("2026-11-20", date(2026, 11, 20)),
    ("three days ago", date(2026, 11, 20)),
    ("a week ago", date(2026, 11, 16)),
    ("gestern", date(2026, 11, 22)),
    ("vorgestern", date(2026, 11, 21)),
    ("letzten Freitag", date(2026, 11, 20)),
    ("vor 3 Tagen", date(2026, 11, 20)),
    ("am 20. November", date(2026, 11, 20)),
]


@pytest.mark.parametrize(("words", "day"), BEHIND)
def test_a_call_that_was_made_is_on_the_day_behind(words: str, day: date) -> None:
    understood = read(f"called Foobar {words}")
    assert (understood.done, understood.when) == (True, day)


TIMES = [
    ("09:30", time(9, 30)),
    ("9:30", time(9, 30)),
    ("at 9:30", time(9, 30)),
    ("2pm", time(14)),
    ("2 pm", time(14)),
    ("2:15pm", time(14, 15)),
    ("12am", time(0)),
    ("12pm", time(12)),
    ("11 a.m.", time(11)),
    ("14 Uhr", time(14)),
    ("um 14 Uhr", time(14)),
    ("14:30 Uhr", time(14, 30)),
    ("14.30 Uhr", time(14, 30)),
    ("25:00", None),
    ("13pm", None),
]


@pytest.mark.parametrize(("words", "at"), TIMES)
def test_a_time_of_day(words: str, at: time | None) -> None:
    understood = read(f"call Foobar tomorrow {words}")
    assert (understood.when, understood.time) == (date(2026, 11, 24), at)


def asked(understood: Understood) -> list[str]:
    return [str(chip) for chip in understood.chips if str(chip).startswith("ask: which day")]


@pytest.mark.parametrize("words", ["3/4", "3/4/2027", "last week", "by 3/4"])
def test_a_day_that_may_be_two_is_asked(words: str) -> None:
    understood = read(f"need to call Foobar {words}")
    assert understood.when is None
    assert asked(understood) == [f"ask: which day is {words}?"]


def test_in_german_the_day_comes_first() -> None:
    assert read("call Foobar 3/4", "de").when == date(2027, 4, 3)
    assert read("call Foobar 3/4", "de-AT").when == date(2027, 4, 3)
    assert not asked(read("call Foobar 3/4", "de"))


def test_a_number_over_twelve_tells_which_is_the_day() -> None:
    assert read("call Foobar 14/3").when == read("call Foobar 3/14").when == date(2027, 3, 14)


def test_a_deadline_that_has_passed_is_asked() -> None:
    understood = read("met Foobar, proposal by 2025-01-01")
    assert understood.next is not None
    assert understood.next.by is None
    assert asked(understood) == ["ask: which day is by 2025-01-01?"]


NO_DAYS = ["available 24/7", "3/4 of the budget", "version 1.5 runs", "31.2.", "30 Feb", "guten Morgen", "may work", "so do mi"]


@pytest.mark.parametrize("line", NO_DAYS)
def test_what_looks_like_a_day_and_is_none(line: str) -> None:
    understood = read(line)
    assert understood.when == TODAY
    assert understood.next is None
    assert not asked(understood)


def test_the_calendar_may_end() -> None:
    for today in (date.min, date.max):
        for words, _ in [*AHEAD, *BEHIND]:
            read(f"call Foobar {words}", today=today)
