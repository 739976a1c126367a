"""The page *Arrived*, *My day* and the address in the settings: one tap keeps, nothing is kept without it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bailiwick.network.models import ApiToken
from bailiwick.network.queries import token_of_mail
from bailiwick.pipeline.models import Activity, Arrival
from tests.pipeline.mails import an_arrival, forwarded, invitation, mail, on_day
from tests.village import NOW, TODAY, Village
from tests.web.test_people import body

SignIn = Callable[[str], Client]


def files(*raw: bytes) -> dict[str, list[SimpleUploadedFile]]:
    return {"files": [SimpleUploadedFile(f"mail{n}.eml", one) for n, one in enumerate(raw)]}


def waiting(village: Village) -> list[Arrival]:
    return list(Arrival.objects.in_network(village.by).order_by("id"))


def test_files_are_read_and_stand_on_both_pages(village: Village, signed_in: SignIn) -> None:
    noor = signed_in("noor")
    answer = noor.post("/arrived", files(mail(), invitation(starts=on_day(TODAY + timedelta(days=2)))), follow=True)
    assert "2 things arrived." in body(answer)
    for page in ("/arrived", "/my-day"):
        text = body(noor.get(page))
        assert "Angebot Kräne" in text
        assert "Mail with Anna Weiss &lt;anna@kranbau.example&gt;" in text
        assert "Begehung Halle 3" in text
        assert "Meeting with Anna Weiss &lt;anna@kranbau.example&gt;" in text
    for who in ("aylin", "ben", "dora", "paula"):
        assert "Angebot Kräne" not in body(signed_in(who).get("/arrived"))


def test_one_tap_keeps_and_a_second_changes_nothing(village: Village, signed_in: SignIn) -> None:
    noor, row = signed_in("noor"), an_arrival(village, "noor")
    for _ in range(2):
        answer = noor.post(f"/arrivals/{row.pk}/keep", {"next": "/my-day"})
        assert (answer.status_code, answer["Location"]) == (302, "/my-day")
    assert Activity.objects.in_network(village.by).filter(source="arrival").count() == 1
    assert not waiting(village)


def test_throwing_away_deletes_it(village: Village, signed_in: SignIn) -> None:
    noor, row = signed_in("noor"), an_arrival(village, "noor")
    assert noor.post(f"/arrivals/{row.pk}/throw")["Location"] == "/arrived"
    assert not waiting(village)
    assert noor.post(f"/arrivals/{row.pk}/throw").status_code == 404


def test_company_and_words_are_changed_before_it_is_kept(village: Village, signed_in: SignIn) -> None:
    noor, row = signed_in("noor"), an_arrival(village, "noor")
    account, deal = village.accounts["Hafen Logistik GmbH"], village.deals["Hafen Logistik GmbH terminals"]
    text = body(noor.get(f"/arrivals/{row.pk}?q=hafen"))
    assert f'value="{account.pk}"' in text
    assert f'value="{deal.pk}"' in text
    form = {"account": account.pk, "opportunity": deal.pk, "kind": "call", "text": "anders", "due": ""}
    assert noor.post(f"/arrivals/{row.pk}", form)["Location"] == "/arrived"
    (kept,) = Activity.objects.in_network(village.by).filter(source="arrival")
    assert (kept.kind, kept.text, kept.account_id, kept.opportunity_id) == ("call", "anders", account.pk, deal.pk)


def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(village: Village, signed_in: SignIn) -> None:
    noor, row = signed_in("noor"), an_arrival(village, "noor")
    answer = noor.post(f"/arrivals/{row.pk}", {"kind": "call", "text": "stays here", "due": "never"})
    assert answer.status_code == 422
    assert "stays here" in body(answer)
    assert waiting(village)


def test_companies_of_others_are_not_among_the_choices(village: Village, signed_in: SignIn) -> None:
    row = an_arrival(village, "noor")
    others = [account for name, account in village.accounts.items() if "Hafen" not in name]
    text = body(signed_in("noor").get(f"/arrivals/{row.pk}?q={others[-1].name.split()[0]}"))
    assert str(others[-1].pk) not in text


@pytest.mark.parametrize(("raw", "words"), [
    (b"hello", "This is no mail and no invitation"), (mail("x" * 10_000_001), "larger than 10 MB"),
])  # fmt: skip
def test_what_cannot_be_read_is_refused_beside_the_form(village: Village, signed_in: SignIn, raw: bytes, words: str) -> None:
    answer = signed_in("noor").post("/arrived", files(raw))
    assert answer.status_code == 422
    assert words in body(answer)


def test_one_bad_file_stops_no_other(village: Village, signed_in: SignIn) -> None:
    assert "1 read, 1 could not be." in body(signed_in("noor").post("/arrived", files(b"hello", mail()), follow=True))
    assert len(waiting(village)) == 1


def test_more_files_than_are_read_at_once_are_refused_and_none_is_dropped_in_silence(village: Village, signed_in: SignIn) -> None:
    answer = signed_in("noor").post("/arrived", files(*(mail() for _ in range(21))))
    assert answer.status_code == 422
    assert "At most 20 files" in answer.content.decode()
    assert waiting(village) == []


def test_no_file_is_said(village: Village, signed_in: SignIn) -> None:
    assert "No file was chosen." in body(signed_in("noor").post("/arrived", {}))


def test_the_same_file_again_says_so(village: Village, signed_in: SignIn) -> None:
    noor, raw = signed_in("noor"), mail(key="same")
    noor.post("/arrived", files(raw))
    assert "That was here before." in body(noor.post("/arrived", files(raw), follow=True))


def test_markup_of_a_mail_is_printed_as_text(village: Village, signed_in: SignIn) -> None:
    noor = signed_in("noor")
    noor.post("/arrived", files(mail("<script>x()</script>", subject="<img src=x onerror=x()>")))
    row = waiting(village)[0]
    for page in ("/arrived", "/my-day", f"/arrivals/{row.pk}"):
        text = body(noor.get(page))
        assert "<img src=x" not in text
        assert "<script>x()" not in text


def test_whoever_sells_nothing_has_no_such_page(village: Village, signed_in: SignIn) -> None:
    for who in ("clara", "conny", "luis", "stefan"):
        assert signed_in(who).get("/arrived").status_code == 403


def test_a_next_step_and_its_day_stand_beside_it(village: Village, signed_in: SignIn) -> None:
    soon = TODAY + timedelta(days=9)
    noor = signed_in("noor")
    noor.post("/arrived", files(mail(f"Call us by {soon:%d.%m.%Y}")))
    assert "next step" in body(noor.get("/arrived"))
    assert f'value="{soon.isoformat()}"' in body(noor.get(f"/arrivals/{waiting(village)[0].pk}"))


def test_without_a_host_no_address_is_offered(village: Village, signed_in: SignIn) -> None:
    assert not settings.MAIL_IN
    noor = signed_in("noor")
    assert "Mail to keep" not in body(noor.get("/settings"))
    assert noor.post("/settings/mail").status_code == 404
    assert not ApiToken.objects.filter(scope="mail").exists()


def shown(text: str) -> str:
    found = re.search(r"log\+([a-z2-7]{32})@in\.example", text)
    assert found is not None
    return found[1]


def test_the_address_is_shown_once_and_kept_as_a_hash(village: Village, signed_in: SignIn, settings: Any) -> None:
    settings.MAIL_IN = "in.example"
    noor = signed_in("noor")
    answer = noor.post("/settings/mail")
    secret = shown(body(answer))
    assert answer["Cache-Control"] == "no-store"
    assert secret not in body(noor.get("/settings"))
    assert "Renew the address" in body(noor.get("/settings"))
    assert not ApiToken.objects.filter(digest__contains=secret).exists()
    found = token_of_mail(secret.upper(), NOW)
    assert found is not None
    assert found.access.person == village.people["noor"].pk


def test_renewed_or_ended_the_address_before_is_nobodys(village: Village, signed_in: SignIn, settings: Any) -> None:
    settings.MAIL_IN = "in.example"
    noor = signed_in("noor")
    first = shown(body(noor.post("/settings/mail")))
    second = shown(body(noor.post("/settings/mail")))
    later = NOW + timedelta(days=1)
    assert token_of_mail(first, later) is None
    assert token_of_mail(second, later) is not None
    noor.post("/settings/mail/end")
    assert token_of_mail(second, later) is None


def test_the_address_opens_nothing_else(village: Village, signed_in: SignIn, settings: Any) -> None:
    settings.MAIL_IN = "in.example"
    secret = shown(body(signed_in("noor").post("/settings/mail")))
    assert Client().get(f"/dates/{secret}.ics").status_code == 404
    for text in (secret, f"bw_{secret}"):
        assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {text}"}).status_code == 401


def test_a_contact_is_named_with_the_company(village: Village, signed_in: SignIn) -> None:
    noor = signed_in("noor")
    noor.post("/arrived", files(forwarded("outlook de", anna="Petra <petra@example.com>")))
    assert "Mail with Petra Noor of " in body(noor.get("/my-day"))
    assert waiting(village)[0].day == date(2026, 11, 3)
