"""Who may come: tokens open what their person may do, and nothing after they end."""

from datetime import timedelta

import pytest

from bailiwick.network.commands import end_access, give_token
from bailiwick.network.models import ApiToken, Login
from tests.api.conftest import Caller
from tests.village import NOW, Village


@pytest.mark.parametrize("token", ["", "bw_", "bw_nobody", "nothing", "bw_\u00fc"])
def test_without_an_open_token_nobody_comes_in(village: Village, token: str) -> None:
    answer = Caller(token).ask("GET", "/me")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert answer["Content-Type"] == "application/problem+json"


def test_a_token_to_read_does_not_write(village: Village, calling) -> None:  # type: ignore[no-untyped-def]
    reader = calling("noor", "read")
    reader.get("/accounts")
    refused = reader.post("/accounts", {"name": "x"}, 403)
    assert refused["type"] == "/problems/not_allowed"
    reader.post("/line/understanding", {"text": "x"}, 403)


def test_a_revoked_token_opens_nothing_from_the_next_request_on(village: Village, noor: Caller) -> None:
    given = noor.post("/tokens", {"label": "phone", "scope": "read", "days": "90"}, 201)
    phone = Caller(given["text"])
    phone.get("/me")
    assert given["text"].startswith("bw_")
    noor.send("DELETE", f"/tokens/{given['id']}", status=204)
    phone.get("/me", 401)
    listed = noor.get("/tokens")["items"]
    assert [one["label"] for one in listed] == ["test"]
    assert not any("text" in one or "digest" in one for one in listed)


def test_an_expired_token_ended_access_and_a_closed_login_answer_401(village: Village, calling) -> None:  # type: ignore[no-untyped-def]
    expired = give_token(label="x", scope="read", until=NOW - timedelta(days=1), by=village.actor("noor"), now=NOW)[1]
    Caller(expired).get("/me", 401)
    ben, sven = calling("ben"), calling("sven")
    end_access(village.people["ben"].pk, by=village.by, now=NOW - timedelta(hours=9))
    ben.get("/me", 401)
    Login.objects.filter(pk=village.login("sven").pk).update(is_active=False)
    sven.get("/me", 401)


def test_nobody_revokes_the_token_of_another(village: Village, noor: Caller, calling) -> None:  # type: ignore[no-untyped-def]
    calling("ben")
    others = ApiToken.objects.get(access__person=village.people["ben"].pk)
    noor.send("DELETE", f"/tokens/{others.pk}", status=404)
    assert ApiToken.objects.get(pk=others.pk).until is None


def test_a_token_cannot_outlive_the_one_that_gives_it(village: Village) -> None:
    text = give_token(label="x", scope="write", until=NOW + timedelta(days=100), by=village.actor("noor"), now=NOW)[1]
    assert Caller(text).post("/tokens", {"label": "y", "scope": "read", "days": "0"}, 422)["type"] == "/problems/outlives"
    Caller(text).post("/tokens", {"label": "y", "scope": "read", "days": "90"}, 201)


def test_use_is_stamped_once_a_minute(village: Village, noor: Caller) -> None:
    noor.get("/me")
    first = ApiToken.objects.get(access__person=village.people["noor"].pk).used
    noor.get("/me")
    assert ApiToken.objects.get(access__person=village.people["noor"].pk).used == first is not None


def test_somebody_without_a_role_may_ask_for_nothing(village: Village, calling) -> None:  # type: ignore[no-untyped-def]
    assert calling("ines").get("/me", 403)["type"] == "/problems/not_allowed"


@pytest.mark.parametrize("name", ["clara", "conny", "luis", "stefan"])
def test_whoever_does_not_sell_sees_no_deal_and_writes_nothing(village: Village, calling, name: str) -> None:  # type: ignore[no-untyped-def]
    somebody = calling(name)
    for path in ("/leads", "/promises"):
        somebody.get(path, 403)
    for path in ("/opportunities", "/accounts"):
        if name == "conny":  # a coach without a dated sight may come and finds nothing
            assert somebody.get(path)["items"] == []
        else:
            somebody.get(path, 403)
    assert somebody.get("/prices")["items"] == []
    somebody.post("/leads", {"name": "x"}, 403)
    somebody.post("/line", {"text": "x"}, 403)
