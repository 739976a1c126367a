"""The guided story: five chapters on the demo's first page, each with a person and the page on which it begins."""

import csv
import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from bailiwick.demo import CAST, SAMPLE, STORY, cast, sample
from tests.demo.conftest import Built
from tests.walls.reading import body

PLACES = ("/my-day", "/projects/", "/overview", "/pipeline", "/imports")


@pytest.fixture
def first_page(demo: Built, settings: Any) -> Client:
    settings.DEMO = True
    settings.ROOT_URLCONF = "tests.demo.demo_urls"
    return Client()


def test_the_story_stands_above_the_cast_with_one_button_a_chapter(first_page: Client) -> None:
    page = body(first_page.get("/demo/"))
    assert [str(one.title) in page for one in STORY] == [True] * 5
    assert re.findall(r'action="/demo/\?chapter=(\d)"', page) == ["1", "2", "3", "4", "5"]
    assert page.index(str(STORY[-1].title)) < page.index(str(CAST[0].sees))
    assert page.count('name="person"') == 5 + len(CAST)


@pytest.mark.parametrize("number", range(1, 6))
def test_a_chapter_signs_in_its_person_and_begins_on_its_page(first_page: Client, demo: Built, number: int) -> None:
    people = {one.email: one for one in cast(demo.network)}
    person = people[STORY[number - 1].email].person
    answer = first_page.post(f"/demo/?chapter={number}", {"person": str(person)})
    assert answer.status_code == 302
    assert answer["Location"].startswith(PLACES[number - 1])
    assert first_page.get(answer["Location"]).status_code == 200


def test_a_chapter_with_somebody_else_in_it_is_none(first_page: Client, demo: Built) -> None:
    director = next(one for one in cast(demo.network) if one.email == "dora.lang@hafen.example")
    assert first_page.post("/demo/?chapter=1", {"person": str(director.person)}).status_code == 404
    assert first_page.post("/demo/?chapter=9", {"person": str(director.person)})["Location"] == "/"


def test_the_page_speaks_german(first_page: Client) -> None:
    page = body(first_page.get("/demo/", headers={"Accept-Language": "de"}))
    assert "Eine Geschichte in fünf Schritten" in page
    assert not [one.title for one in STORY if str(one.title) in page or str(one.text) in page]


def test_the_sample_can_be_downloaded_and_is_about_days_around_today(first_page: Client) -> None:
    answer = first_page.get(reverse("cast_sample"))
    assert answer["Content-Disposition"] == f'attachment; filename="{SAMPLE}"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(rows) == 8
    today = date(2026, 11, 18)
    days = [row["Expected close"] for row in csv.DictReader(io.StringIO(sample(today))) if row["Expected close"]]
    assert all(today < date.fromisoformat(day) < today + timedelta(days=90) for day in days)
    assert {row["Owner"] for row in rows} <= {part.name for part in CAST} | {"Ben Okafor"}


def test_outside_a_demo_there_is_no_story_and_no_sample(demo: Built) -> None:
    for address in ("/demo/", "/demo/sample.csv"):
        assert Client().get(address).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("cast_sample")
