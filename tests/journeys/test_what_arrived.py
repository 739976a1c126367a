"""A forwarded mail on a phone: given as a file, recognised, kept with one tap; another one changed first, a third thrown away."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.journeys.browsing import Visits
from tests.pipeline.mails import forwarded, invitation, mail, on_day

pytestmark = pytest.mark.journey
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def file(name: str, raw: bytes) -> FilePayload:
    return {"name": name, "mimeType": "message/rfc822", "buffer": raw}


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def kept(visit: Visits, words: str) -> list[tuple[Any, ...]]:
    return visit.site.home.ask("SELECT kind, day, due FROM pipeline_activity WHERE text LIKE %s ORDER BY id", f"%{words}%")


def test_a_mail_is_given_and_kept_with_one_tap_on_a_phone(visit: Visits) -> None:
    seller = visit.by("noor", **PHONE)
    soon = date.today() + timedelta(days=8)
    seller.goto("/my-day")
    seller.goto("/arrived")
    expect(seller.get_by_text("Nothing waits to be kept.")).to_be_visible()
    seller.get_by_label("Mails and invitations").set_input_files([
        file("angebot.eml", forwarded("gmail en")),
        file("begehung.ics", invitation(starts=on_day(soon), summary="Begehung vor Ort")),
        file("frage.eml", mail(subject="Eine Frage", sender="Karla <karla@fremd.example>")),
    ])  # fmt: skip
    seller.get_by_role("button", name="Read them").tap()
    expect(seller.get_by_text("3 things arrived.")).to_be_visible()
    assert fits(seller)
    assert kept(visit, "Angebot Kräne") == []

    seller.goto("/my-day")
    assert fits(seller)
    waiting = seller.locator(".todo li")
    waiting.filter(has_text="Angebot Kräne").get_by_role("button", name="Keep").tap()
    expect(seller.get_by_text("Kept.", exact=True)).to_be_visible()
    expect(waiting.filter(has_text="Angebot Kräne")).to_have_count(0)
    assert [row[0] for row in kept(visit, "Angebot Kräne")] == ["mail"]

    waiting.filter(has_text="Begehung vor Ort").get_by_role("link", name="Change").tap()
    expect(seller.get_by_label("Another company")).to_be_visible()
    assert fits(seller)
    seller.get_by_label("Another company").fill("hafen")
    seller.get_by_role("button", name="Look for it").tap()
    expect(seller).to_have_url(re.compile(r"q=hafen"))
    seller.locator("#field-account").select_option(label="Hafen Logistik GmbH")
    seller.get_by_label("Kind").select_option("visit")
    seller.get_by_role("button", name="Keep").tap()
    expect(seller.get_by_text("Kept.", exact=True)).to_be_visible()
    assert kept(visit, "Begehung vor Ort") == [("visit", None, soon)]

    waiting.filter(has_text="Eine Frage").get_by_role("button", name="Throw away").tap()
    expect(seller.get_by_text("Nothing waits to be kept.")).to_be_visible()
    assert kept(visit, "Eine Frage") == []

    manager = visit.by("aylin")
    manager.goto("/arrived")
    expect(manager.get_by_text("Nothing waits to be kept.")).to_be_visible()


def test_an_arrival_is_kept_by_the_keyboard_alone(visit: Visits) -> None:
    seller = visit.by("noor")
    seller.goto("/arrived")
    seller.get_by_label("Mails and invitations").set_input_files([file("a.eml", mail(subject="Mit der Tastatur"))])
    seller.get_by_role("button", name="Read them").press("Enter")
    button = seller.locator(".todo li").filter(has_text="Mit der Tastatur").get_by_role("button", name="Keep")
    button.focus()
    seller.keyboard.press("Enter")
    expect(seller.get_by_text("Kept.", exact=True)).to_be_visible()
    assert [row[0] for row in kept(visit, "Mit der Tastatur")] == ["mail"]
