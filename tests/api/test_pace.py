"""A token that asks too often waits, whichever process it asks; others do not wait with it."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import OperationalError, connection
from django.test import Client, override_settings

from bailiwick.network.commands import give_token
from bailiwick.network.commands.access import paced
from bailiwick.network.models import ApiToken
from bailiwick.tenancy.models import new_id
from tests.village import NOW, Village

pytestmark = pytest.mark.django_db


def ask(text: str) -> int:
    return Client().get("/api/v1/me", headers={"Authorization": f"Bearer {text}"}).status_code


def test_beyond_its_most_a_token_waits_and_is_told_how_long(village: Village) -> None:
    noor = give_token(label="a", scope="read", by=village.actor("noor"), now=NOW)[1]
    other = give_token(label="b", scope="read", by=village.actor("noor"), now=NOW)[1]
    with override_settings(API_PACE=3):
        assert [ask(noor) for _ in range(3)] == [200, 200, 200]
        answer = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {noor}"})
        assert answer.status_code == 429
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["type"].endswith("too_fast")
        assert 1 <= int(answer["Retry-After"]) <= 60
        assert ask(other) == 200
    with override_settings(API_PACE=0):
        assert ask(noor) == 200


def test_the_next_minute_begins_anew(village: Village) -> None:
    token = give_token(label="a", scope="read", by=village.actor("noor"), now=NOW)[0]
    assert [paced(token, NOW) for _ in range(3)] == [1, 2, 3]
    assert paced(token, NOW + timedelta(minutes=1)) == 1


def test_a_token_that_is_none_is_not_counted(village: Village) -> None:
    with override_settings(API_PACE=1):
        assert [ask("bw_nobody") for _ in range(3)] == [401, 401, 401]


def test_many_at_once_are_all_counted(village: Village) -> None:
    """In connections of their own, as processes have them; the table has no key into others, so any id will do."""
    token, start = ApiToken(pk=new_id()), Barrier(8)
    counted: list[int] = []

    def count() -> None:
        try:
            start.wait()
            counted.extend(paced(token, NOW) for _ in range(25))
        finally:
            connection.close()

    threads = [Thread(target=count) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(counted) == list(range(1, 201))


def test_a_store_that_cannot_write_still_lets_read(village: Village) -> None:
    text = give_token(label="a", scope="read", by=village.actor("noor"), now=NOW)[1]

    def full(execute: object, sql: str, *rest: object) -> object:
        if "network_pace" in sql:
            raise OperationalError("no space left on device")
        return execute(sql, *rest)  # type: ignore[operator]

    with override_settings(API_PACE=1), connection.execute_wrapper(full):  # type: ignore[arg-type]
        assert [ask(text) for _ in range(3)] == [200, 200, 200]
