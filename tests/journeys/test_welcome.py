"""Somebody with a link, on a phone."""

from typing import Any

import pytest
from playwright.sync_api import Request, expect

from tests.journeys.browsing import Visits
from tests.journeys.test_ways import PHONE, WIDEST, WIDTH
from tests.village import PASSWORD

pytestmark = pytest.mark.journey


def test_an_invitation_is_opened_once_on_a_phone_and_its_address_is_told_to_nobody(visit: Visits, facts: dict[str, Any]) -> None:
    visit.expected += ["422", "404"]  # what was typed wrongly, and the second opening
    guest = visit.by("", viewport=PHONE)
    told: list[str] = []

    def listen(request: Request) -> None:
        told.append(request.all_headers().get("referer", "") if "/welcome/" not in request.url else "")

    guest.on("request", listen)
    guest.goto(f"/welcome/{facts['invitation']}")
    for scheme in ("light", "dark"):
        guest.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert guest.evaluate(WIDTH) <= PHONE["width"], guest.evaluate(WIDEST)
    guest.get_by_label("Name").fill("Nele Neu")
    guest.get_by_label("E-mail").fill("nele@new.example")
    guest.get_by_label("Password").fill("tiny")
    guest.get_by_role("button", name="Come in").click()
    expect(guest.get_by_text("One thing to put right")).to_be_visible()
    expect(guest.get_by_label("Name")).to_have_value("Nele Neu")
    expect(guest.get_by_label("Password")).to_have_value("")
    guest.get_by_label("Password").fill(PASSWORD)
    guest.get_by_role("button", name="Come in").click()
    expect(guest).to_have_url(f"{visit.address}/my-day")
    assert told
    assert not [referer for referer in told if facts["invitation"] in referer]
    late = visit.by("", viewport=PHONE)
    late.goto(f"/welcome/{facts['invitation']}")
    expect(late.get_by_role("heading", name="This link is closed")).to_be_visible()
