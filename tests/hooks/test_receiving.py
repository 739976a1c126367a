"""The receiver that docs/how-to/webhooks.md writes down takes what hooks send, and nothing else."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from bailiwick.hooks.rules.attempts import WAITS
from bailiwick.hooks.rules.signing import headers, secret_of
from tests.house.source import ROOT

HOW = (ROOT / "docs" / "how-to" / "webhooks.md").read_text()
BODY = b'{"type":"hooks.test"}'


@pytest.fixture(scope="module")
def verified() -> Callable[..., bool]:
    code = re.search(r"```python\n(.*?)```", HOW, re.DOTALL)
    assert code
    names: dict[str, Any] = {}
    exec(code[1], names)
    return names["verified"]  # type: ignore[no-any-return]


def test_what_the_page_writes_down_verifies_a_message_by_either_secret(verified: Callable[..., bool]) -> None:
    new, old = (secret_of("root", UUID(int=1), salt) for salt in ("new", "old"))
    sent = headers([new, old], "msg_1", datetime.now(UTC), BODY)
    assert verified(new, sent, BODY)
    assert verified(old, sent, BODY)


def test_it_refuses_another_body_another_secret_and_an_old_message(verified: Callable[..., bool]) -> None:
    secret = secret_of("root", UUID(int=1), "salt")
    sent = headers([secret], "msg_1", datetime.now(UTC), BODY)
    assert not verified(secret, sent, BODY + b" ")
    assert not verified(secret, sent | {"webhook-id": "msg_2"}, BODY)
    assert not verified(secret_of("root", UUID(int=1), "other"), sent, BODY)
    old = headers([secret], "msg_1", datetime.fromtimestamp(time.time() - 301, UTC), BODY)
    assert not verified(secret, old, BODY)


def test_the_page_names_the_waits_that_there_are() -> None:
    hours = [one // timedelta(hours=1) for one in WAITS if one >= timedelta(hours=1)]
    assert f"{', '.join(map(str, hours[:-1]))} and {hours[-1]} hours" in HOW
    assert WAITS[:3] == (timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30))
