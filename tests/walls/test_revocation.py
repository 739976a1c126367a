"""Invariant 17: whoever lost the right does not make one more request with what was opened before."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from bailiwick.kit import Actor, Door
from bailiwick.ledger import asking
from bailiwick.network.commands import (
    appoint,
    end_access,
    end_membership,
    give_token,
    grant_sight,
    leave,
    revoke_token,
    withdraw_sight,
)
from bailiwick.network.models import Access, Membership
from bailiwick.network.queries import scope_of
from bailiwick.tenancy.within import set_network
from tests.village import Village, settle
from tests.walls.world import browser

PAGES = ("/", "/my-day", "/pipeline", "/accounts", "/people", "/kept-about-me", "/kept-about-me.json", "/settings", "/messages")
ENDPOINTS = ("/me", "/accounts", "/opportunities", "/people", "/me/kept", "/tokens", "/products")


def now() -> datetime:
    return datetime.now(UTC)


def bearer(village: Village, name: str, **more: object) -> Callable[[str], HttpResponse]:
    """Asks the API with a new token of this person."""
    by = Actor(scope_of(village.by.network, village.people[name].pk, now()), Door.API)
    _, text = give_token(label="x", scope="write", by=by, now=now(), **more)  # type: ignore[arg-type]
    client = Client(raise_request_exception=False)
    return lambda path: client.get(f"/api/v1{path}", headers={"Authorization": f"Bearer {text}"})


def closed(client: Client) -> None:
    for path in PAGES:
        answer = client.get(path)
        assert answer.status_code == 302, path
        assert answer.headers["Location"].startswith("/sign-in/"), path


def gone(village: Village, name: str, receiver: str, by: str) -> None:
    """This person leaves; everything goes to the receiver."""
    set_network(village.by.network)
    actor = Actor(scope_of(village.by.network, village.people[by].pk, now()), Door.PAGE)
    person = village.people[name].pk
    shares = {held.id: village.people[receiver].pk for held in asking.holdings(person, actor) if held.kind != "unit"}
    leave(person=person, shares=shares, by=actor, now=now())


def test_an_open_session_and_an_open_token_end_with_the_leaving(village: Village) -> None:
    client, ask = browser(village, "noor"), bearer(village, "noor")
    assert client.get("/my-day").status_code == 200
    assert ask("/me").status_code == 200
    gone(village, "noor", "ben", "aylin")
    closed(client)
    assert {ask(path).status_code for path in ENDPOINTS} == {401}


def test_a_post_right_after_the_leaving_changes_nothing(village: Village) -> None:
    client = browser(village, "noor")
    deal = village.deals["Hafen Logistik GmbH terminals"]
    gone(village, "noor", "ben", "aylin")
    assert client.post(f"/opportunities/{deal.pk}/win").status_code == 302
    deal.refresh_from_db(from_queryset=type(deal).objects.in_network(village.by))
    assert deal.outcome == "open"


def test_an_ended_access_closes_every_door_at_once(village: Village) -> None:
    client, ask = browser(village, "noor"), bearer(village, "noor")
    end_access(village.people["noor"].pk, by=village.by, now=now())
    closed(client)
    assert {ask(path).status_code for path in ENDPOINTS} == {401}


def test_an_access_that_ends_tomorrow_still_opens_today(village: Village) -> None:
    Access.objects.filter(person=village.people["noor"].pk).update(until=now() + timedelta(days=1))
    assert browser(village, "noor").get("/my-day").status_code == 200


def test_a_disabled_login_opens_nothing(village: Village) -> None:
    client, ask = browser(village, "noor"), bearer(village, "noor")
    login = village.login("noor")
    login.is_active = False
    login.save()
    closed(client)
    assert ask("/me").status_code == 401


def test_a_role_that_ended_shows_nothing_from_the_next_request_on(village: Village) -> None:
    client, ask = browser(village, "noor"), bearer(village, "noor")
    deal = village.deals["Hafen Logistik GmbH terminals"]
    role = Membership.objects.in_network(village.by).get(person=village.people["noor"], until=None)
    end_membership(role.pk, by=village.by, now=now())
    for path in ("/", "/my-day", "/pipeline", f"/opportunities/{deal.pk}", "/kept-about-me.json"):
        answer = client.get(path)
        assert answer.status_code == 403, path
        assert "Hafen" not in answer.content.decode(), path
    assert {ask(path).status_code for path in ENDPOINTS} == {403}


def test_a_manager_who_was_replaced_sees_the_unit_no_more(village: Village) -> None:
    client, ask = browser(village, "aylin"), bearer(village, "aylin")
    deal = village.deals["Hafen Logistik GmbH terminals"]
    assert client.get(f"/opportunities/{deal.pk}").status_code == 200
    appoint(unit=village.units["cobalt"].pk, person=village.people["ben"].pk, by=village.by, now=now())
    assert client.get(f"/opportunities/{deal.pk}").status_code == 403
    assert ask(f"/opportunities/{deal.pk}").status_code == 403
    assert browser(village, "ben").get(f"/opportunities/{deal.pk}").status_code == 200


def test_a_sight_shows_from_the_minute_it_is_granted_to_that_in_which_it_is_withdrawn(village: Village) -> None:
    ask, path = bearer(village, "sven"), f"/opportunities/{village.deals['Hafen Logistik GmbH terminals'].pk}"
    assert ask(path).status_code == 404
    dora = village.actor("dora")
    sight = grant_sight(
        viewer=village.people["sven"].pk,
        purpose="coaching",
        source="agreement",
        unit=village.units["cobalt"].pk,
        by=dora,
        now=now(),
    )
    assert ask(path).status_code == 200
    withdraw_sight(sight.pk, by=dora, now=now())
    assert ask(path).status_code == 404


def test_a_sight_with_an_end_ends(village: Village) -> None:
    ask, path = bearer(village, "sven"), f"/opportunities/{village.deals['Hafen Logistik GmbH terminals'].pk}"
    past = now() - timedelta(hours=2)
    over = now() - timedelta(hours=1)
    unit = village.units["cobalt"].pk
    grant_sight(
        viewer=village.people["sven"].pk,
        purpose="coaching",
        source="agreement",
        unit=unit,
        by=village.actor("dora"),
        now=past,
        until=over,
    )
    assert ask(path).status_code == 404


def test_a_revoked_token_opens_nothing_and_the_others_still_do(village: Village) -> None:
    by = Actor(scope_of(village.by.network, village.people["noor"].pk, now()), Door.API)
    token, text = give_token(label="x", scope="read", by=by, now=now())
    other = bearer(village, "noor")
    revoke_token(token.pk, by=by, now=now())
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {text}"}).status_code == 401
    assert other("/me").status_code == 200


def test_a_token_opens_nothing_after_its_end(village: Village) -> None:
    assert bearer(village, "noor", until=now() - timedelta(seconds=1))("/me").status_code == 401


def test_a_token_that_reads_writes_nothing(village: Village) -> None:
    by = Actor(scope_of(village.by.network, village.people["noor"].pk, now()), Door.API)
    _, text = give_token(label="x", scope="read", by=by, now=now())
    where = f"/api/v1/opportunities/{village.deals['Hafen Logistik GmbH terminals'].pk}/win"
    answer = Client().post(where, "{}", content_type="application/json", headers={"Authorization": f"Bearer {text}"})
    assert answer.status_code == 403


@pytest.mark.parametrize("how", ["access", "leaving", "role"])
def test_whoever_has_two_networks_keeps_the_other(village: Village, how: str) -> None:
    other = settle("second")
    set_network(village.by.network)
    here, there = browser(village, "noor"), browser(other, "noor")
    set_network(village.by.network)
    if how == "access":
        end_access(village.people["noor"].pk, by=village.by, now=now())
    elif how == "leaving":
        gone(village, "noor", "ben", "aylin")
    else:
        role = Membership.objects.in_network(village.by).get(person=village.people["noor"], until=None)
        end_membership(role.pk, by=village.by, now=now())
    answer = here.get("/my-day")
    assert answer.status_code in (302, 403)
    assert there.get("/my-day").status_code == 200
    fresh = Client()
    fresh.force_login(village.login("noor"), backend="allauth.account.auth_backends.AuthenticationBackend")
    if how != "role":
        assert fresh.get("/my-day").status_code == 200


def test_after_an_access_ended_signing_in_again_leads_into_the_other_network(village: Village) -> None:
    other = settle("second")
    set_network(village.by.network)
    client = browser(village, "noor")
    end_access(village.people["noor"].pk, by=village.by, now=now())
    assert client.get("/my-day").status_code == 302
    client.force_login(village.login("noor"), backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get("/settings")
    assert answer.status_code == 200
    assert other.by.network != village.by.network


def test_nobody_works_in_a_network_by_naming_it(village: Village) -> None:
    """A session that names a network into which the login has no access opens nothing, and none can be chosen."""
    strangers = settle("second")
    Access.objects.filter(network=strangers.by.network, person=strangers.people["noor"].pk).delete()
    set_network(village.by.network)
    client = browser(village, "noor")
    assert client.post("/settings/network", {"network": str(strangers.by.network)}).status_code == 404
    session = client.session
    session["network"] = str(strangers.by.network)
    session.save()
    closed(client)


def test_a_revoked_person_signs_in_and_still_sees_nothing(village: Village) -> None:
    closed(browser(village, "rita"))
    assert {bearer(village, "rita")(path).status_code for path in ENDPOINTS} == {401}


def test_an_invited_person_without_a_role_sees_nothing(village: Village) -> None:
    client, ask = browser(village, "ines"), bearer(village, "ines")
    assert {client.get(path).status_code for path in PAGES} == {403}
    assert {ask(path).status_code for path in ENDPOINTS} == {403}
