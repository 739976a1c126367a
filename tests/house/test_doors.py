"""Every door is declared: who may come, how it may be asked; and asking alone changes nothing."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests.house.source  # noqa: F401 - declares every page and endpoint
from bailiwick.api.contract import api
from bailiwick.api.door import ENDPOINTS
from bailiwick.kit import Role
from bailiwick.network.commands import give_token
from bailiwick.pipeline.commands import NewStep, issue_process
from bailiwick.pipeline.models import Process
from bailiwick.web.door import ROUTES
from tests.exports import a_standing_source, an_import
from tests.hooks.hooked import a_hook
from tests.lists.changed import a_change
from tests.network.programs import a_program
from tests.performance.aimed import a_target
from tests.pipeline.mails import an_arrival
from tests.village import NOW, TODAY, Village

# The doors of signing in: allauth's views and the page of an invitation, open to whoever is not signed in yet, and the feed of
# dates, whose address is the key. The cast is there in a demo only.
SIGN_IN = {
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_change_password",
    "account_set_password",
    "account_reauthenticate",
    "openid_connect_login",
    "openid_connect_callback",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_login_webauthn",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "welcome",
    "dates",
    "cast",
}
# The API's own addresses besides its endpoints: its contract, and the answer for what does not exist.
API = {"openapi", "api_absent"}
# What a device keeps of us: nothing of a network is in it (tests/web/test_device.py).
DEVICE = {"manifest", "worker", "offline"}
# What an operator's programs ask: nothing of a network is in it (tests/vitals).
VITALS = {"healthz", "readyz", "metrics"}
# What may be written although somebody only asked.
WRITTEN_BY_READING = {
    "ledger_accessrecord": "who looked at whose rows, in a transaction of its own: that is the point of it",
    "network_session": "on which day a session was last used, so that its owner sees which to end; once a day",
    "network_pace": "how often a token asked in this minute, so that no program takes the place of people",
    "network_apitoken": "when a token was last used, so that its owner sees what to revoke; at most once a minute",
}
WRITES = re.compile(r'(?<!FOR )\b(INSERT\s+INTO|UPDATE|DELETE\s+FROM|TRUNCATE|MERGE\s+INTO|COPY)\s+"?(\w+)"?', re.IGNORECASE)
PLACE = re.compile(r"[<{]\w+:\w+[>}]")
READERS = ("noor", "aylin", "dora", "paula", "clara")
# What is named by a word instead of an id: a measure; a list, a kind of file and a column of it.
MEASURE = "win_rate"
OF_LISTS = {"name": "pipeline", "kind": "csv", "column": "origin"}


def patterns(of: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address with its whole path."""
    for one in (of or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, before + str(one.pattern))
        else:
            yield before + str(one.pattern), one


def test_every_address_is_a_declared_page_an_endpoint_or_a_door_of_signing_in() -> None:
    declared = {route.view for route in ROUTES}
    other = [
        (path, one)
        for path, one in patterns()
        if one.callback not in declared and one.name not in SIGN_IN | API | DEVICE | VITALS
    ]
    assert not [path for path, _ in other if not path.startswith("api/v1/")], "declare it with web.door.page"
    assert {PLACE.sub("<>", path.removeprefix("api/v1")) for path, _ in other} == {PLACE.sub("<>", one.path) for one in ENDPOINTS}


def test_every_page_says_which_roles_may_come_and_how_it_may_be_asked() -> None:
    for route in ROUTES:
        assert route.roles, route.name
        assert route.roles <= set(Role), route.name
        assert set(route.methods) <= {"GET", "POST"}, route.name
        assert route.methods, route.name
        assert route.view.__doc__, f"{route.name} does not say what it shows or does"


def test_no_two_pages_share_a_name_or_an_address() -> None:
    assert len({route.name for route in ROUTES}) == len(ROUTES)
    assert len({route.pattern for route in ROUTES}) == len(ROUTES)


def test_whoever_is_not_signed_in_comes_to_no_page(village: Village) -> None:
    for route in ROUTES:
        answer = Client().generic(route.methods[0], address(route.name, UUID(int=1)))
        assert answer.status_code == 302, route.name
        assert answer["Location"].startswith(reverse("account_login")), route.name


def address(name: str, which: UUID) -> str:
    """The address of a page, with `which` in every place of it."""
    route = next(one for one in ROUTES if one.name == name)
    words = re.findall(r"<slug:(\w+)>", route.pattern)
    named = {word: OF_LISTS[word] if route.pattern.startswith("lists/") else MEASURE for word in words}
    return reverse(name, kwargs=named | dict.fromkeys(re.findall(r"<uuid:(\w+)>", route.pattern), which))


@contextmanager
def nothing_written() -> Iterator[list[str]]:
    """The statements that wrote into a table in which reading leaves no trace."""
    wrote: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        found = WRITES.search(sql if isinstance(sql, str) else str(sql))
        if found and found[2] not in WRITTEN_BY_READING:
            wrote.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield wrote


def ids_of(village: Village, path: str) -> list[UUID]:
    """What an address may name, by its first word: a company, a deal, a unit, a colleague and somebody who left."""
    account, deal = village.accounts["Hafen Logistik GmbH"].pk, village.deals["Hafen Logistik GmbH terminals"].pk
    people = [village.people["ben"].pk, village.people["noor"].pk, village.people["rita"].pk]
    named = {"accounts": [account], "opportunities": [deal], "units": [village.units["cobalt"].pk], "people": people}
    named["projects"] = named["units"]
    if path.strip("/").startswith("services/"):
        return [a_program(village).pk]
    if "hooks/" in path:
        return [a_hook(village, "noor").pk]
    if path.strip("/").startswith("arrivals/"):
        return [an_arrival(village, "noor").pk]
    if path.startswith("lists/"):
        return [deal]
    if path.startswith("processes/"):
        process = issue_process("Enterprise", [NewStep(name="Pilot")], since=TODAY, by=village.by)
        return [Process.objects.in_network(village.by).exclude(pk=process.pk).get().pk]
    if path.startswith("changes/"):
        return [a_change(village, "noor").pk]
    if path.strip("/").startswith("targets/"):
        return [a_target(village).pk]
    if path.startswith("imports/sources/"):
        return [a_standing_source(village).pk]
    if path.startswith("imports/"):
        return [an_import(village, state).pk for state in ("waiting", "asked", "taken")]
    return named.get(path.strip("/").split("/")[0], [UUID(int=1)])


@pytest.mark.parametrize("name", [route.name for route in ROUTES if "GET" in route.methods])
def test_a_page_that_is_only_asked_for_changes_nothing(name: str, village: Village, signed_in: Callable[[str], Client]) -> None:
    pattern, statuses = next(route.pattern for route in ROUTES if route.name == name), set()
    for reader in READERS:
        client = signed_in(reader)
        for path in dict.fromkeys(address(name, which) for which in ids_of(village, pattern)):
            with nothing_written() as wrote:
                statuses.add(client.get(path).status_code)
            assert not wrote
            if statuses & {200, 302}:
                return
    pytest.fail(f"nobody of {READERS} could look at {name}: {statuses}; add what its address names to ids_of")


def test_every_endpoint_says_which_roles_may_come_and_what_it_gives() -> None:
    for one in ENDPOINTS:
        assert one.roles, one.name
        assert one.roles <= set(Role), one.name
        assert one.method in {"GET", "POST", "PUT", "PATCH", "DELETE"}, one.name
        assert one.gives is not None or one.status == 204, one.name
        assert one.view.__doc__, f"{one.name} does not say what it gives or does"
    assert len({one.name for one in ENDPOINTS}) == len(ENDPOINTS)


def test_every_published_operation_is_a_declared_endpoint() -> None:
    """One that was hung into the library past `api.door.endpoint` would know neither roles nor the record of reads."""
    views = [view for _, router in api()._routers for view in router.path_operations.values()]
    published = [operation.view_func for view in views for operation in view.operations]
    assert set(published) == {one.view for one in ENDPOINTS}
    assert len(published) == len(ENDPOINTS)


@pytest.mark.parametrize("name", [one.name for one in ENDPOINTS if one.method == "GET"])
def test_an_endpoint_that_is_only_asked_changes_nothing(name: str, village: Village) -> None:
    path = next(one.path for one in ENDPOINTS if one.name == name and one.method == "GET")
    reader = {"client": "clara", "service_tokens": "aylin"}.get(name, "noor")
    _, token = give_token(label="house", scope="read", by=village.actor(reader), now=NOW)
    statuses, path = set(), path.replace("lists/{slug:name}", "lists/pipeline").replace("{slug:name}", MEASURE)
    for which in ids_of(village, path):
        with nothing_written() as wrote:
            asked = "/api/v1" + PLACE.sub(str(which), path)
            statuses.add(Client().get(asked, headers={"Authorization": f"Bearer {token}"}).status_code)
        assert not wrote
        if 200 in statuses:
            return
    pytest.fail(f"{reader} could not ask {name}: {statuses}; add what its address names to ids_of")
