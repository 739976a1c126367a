"""A second factor that a network asks for: nothing opens before one is there, and nobody locks themselves out."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from bailiwick.kit import NotAllowed
from bailiwick.ledger.models import Entry
from bailiwick.network.commands import demand_factor, give_token
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import set_network
from tests.village import NOW, Village
from tests.web.identity import Provider
from tests.web.test_company_sign_in import known, there_and_back
from tests.web.test_people import body
from tests.web.test_signing_in import code_of, in_by_password, with_app

__all__ = ["known"]

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
PLACE = "/settings/sign-in"


def demanded(village: Village, since: datetime | None = None) -> None:
    Network.objects.filter(pk=village.by.network).update(factor_from=since or datetime.now(UTC) - timedelta(minutes=1))


def test_nothing_opens_before_one_is_set_up_and_everything_after(village: Village) -> None:
    client, _, _ = with_app(village, "noor")
    other = Client()
    other.force_login(village.login("ben"))
    demanded(village)
    assert client.get("/my-day").status_code == 200
    for path in ("/my-day", "/pipeline", "/settings", "/messages", "/lists/pipeline/file/csv"):
        assert other.get(path)["Location"] == PLACE, path
    assert "asks for a second factor" in body(other.get(PLACE))


def test_what_is_sent_meanwhile_is_not_done(village: Village, signed_in: SignIn) -> None:
    client = signed_in("noor")
    demanded(village)
    set_network(village.by.network)
    before = Entry.objects.in_network(village.by).count()
    assert client.post("/line", {"line": "called Hafen Logistik GmbH", "key": "one"})["Location"] == PLACE
    set_network(village.by.network)
    assert Entry.objects.in_network(village.by).count() == before


def test_a_day_to_come_asks_for_nothing_yet(village: Village, signed_in: SignIn) -> None:
    client = signed_in("noor")
    demanded(village, datetime.now(UTC) + timedelta(days=1))
    assert client.get("/my-day").status_code == 200


def test_whoever_came_by_the_companys_own_sign_in_goes_on(village: Village, known: Provider) -> None:
    known.claims["email"] = village.login("noor").email
    client = Client()
    there_and_back(client)
    demanded(village)
    assert client.get("/my-day").status_code == 200


def test_tokens_of_programs_go_on(village: Village) -> None:
    _, text = give_token(label="x", scope="read", by=village.actor("noor"), now=NOW)
    demanded(village)
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {text}"}).status_code == 200


def test_the_director_asks_for_it_and_leaves_it_off_and_both_stand_in_the_ledger(village: Village) -> None:
    client, _, _ = with_app(village, "dora")
    assert "Nobody is asked for one." in body(client.get(PLACE))
    client.post(f"{PLACE}/demanded", {"factor_from": "now"})
    assert "Asked for since" in body(client.get(PLACE))
    assert "1 of " in body(client.get(PLACE))
    client.post(f"{PLACE}/demanded", {"factor_from": "fortnight"})
    assert "Asked for from" in body(client.get(PLACE))
    client.post(f"{PLACE}/demanded", {"factor_from": "off"})
    assert "Nobody is asked for one." in body(client.get(PLACE))
    assert client.post(f"{PLACE}/demanded", {"factor_from": "tomorrow"}).status_code == 422
    set_network(village.by.network)
    kinds = Entry.objects.in_network(village.by).filter(kind__startswith="network.factor").order_by("moment", "seq")
    assert list(kinds.values_list("kind", flat=True)) == [
        "network.factor_demanded",
        "network.factor_demanded",
        "network.factor_left_off",
    ]


def test_a_director_without_one_does_not_lock_themselves_out(village: Village, signed_in: SignIn) -> None:
    client = signed_in("dora")
    answer = client.post(f"{PLACE}/demanded", {"factor_from": "now"})
    assert answer.status_code == 422
    assert "lock yourself out" in body(answer)
    assert Network.objects.get(pk=village.by.network).factor_from is None


def test_nobody_else_says_how_everybody_signs_in(village: Village) -> None:
    client, _, _ = with_app(village, "aylin")
    assert "Everybody who signs in" not in body(client.get(PLACE))
    assert client.post(f"{PLACE}/demanded", {"factor_from": "now"}).status_code == 403
    with pytest.raises(NotAllowed):
        demand_factor(NOW, by=village.actor("aylin"), now=NOW)


def test_whoever_takes_their_last_factor_away_is_asked_again(village: Village) -> None:
    client, _, _ = with_app(village, "noor")
    demanded(village)
    client.post("/second-factor/app/off/")
    assert client.get("/my-day")["Location"] == PLACE


def test_it_holds_after_signing_in_by_password_and_code(village: Village) -> None:
    _, login, secret = with_app(village, "noor")
    demanded(village)
    client = in_by_password(village, login)
    client.post("/sign-in/second-factor/", {"code": code_of(secret, 1)})
    assert client.get("/my-day").status_code == 200
