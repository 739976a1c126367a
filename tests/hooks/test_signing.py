"""What a hook sends is what a library of Standard Webhooks takes."""

import base64
import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from bailiwick.hooks.rules.attempts import WAITS, wait_after
from bailiwick.hooks.rules.kinds import meant, unknown
from bailiwick.hooks.rules.signing import headers, message_id, secret_of, signature

HOOK, ENTRY = UUID(int=1), UUID(int=2)
BODY = b'{"test": 2432232314}'


def test_a_signature_is_that_of_the_vector_that_the_specification_publishes() -> None:
    at = datetime.fromtimestamp(1614265330, UTC)
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    assert signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", at, BODY) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_library_of_standard_webhooks_takes_what_we_send_by_either_secret_while_they_overlap() -> None:
    now = datetime.now(UTC)
    new, old, other = (secret_of("root", HOOK, salt) for salt in ("new", "old", "other"))
    sent = headers([new, old], message_id(HOOK, ENTRY), now, BODY)
    for secret in (new, old):
        assert Webhook(secret).verify(BODY, sent) == json.loads(BODY)
    for wrong in (other, secret_of("another root", HOOK, "new"), secret_of("root", ENTRY, "new")):
        with pytest.raises(WebhookVerificationError):
            Webhook(wrong).verify(BODY, sent)
    for changed in ({"webhook-id": "msg_x"}, {"webhook-timestamp": str(int((now + timedelta(seconds=1)).timestamp()))}):
        with pytest.raises(WebhookVerificationError):
            Webhook(new).verify(BODY, sent | changed)
    with pytest.raises(WebhookVerificationError):
        Webhook(new).verify(BODY + b" ", sent)


def test_a_secret_is_as_long_as_the_standard_asks_and_is_the_same_each_time() -> None:
    secret = secret_of("root", HOOK, "salt")
    assert secret.startswith("whsec_")
    assert 24 <= len(base64.b64decode(secret.removeprefix("whsec_"))) <= 64
    assert secret == secret_of("root", HOOK, "salt")


def test_the_id_of_a_message_is_of_the_event_and_the_hook_and_holds_no_full_stop() -> None:
    assert message_id(HOOK, ENTRY) == message_id(HOOK, ENTRY)
    assert len({message_id(HOOK, ENTRY), message_id(ENTRY, HOOK), message_id(HOOK, HOOK)}) == 3
    assert "." not in message_id(HOOK, ENTRY)


def test_attempts_are_made_over_three_days_each_later_than_the_one_before() -> None:
    waits = [wait_after(n, 0.0) for n in range(1, len(WAITS) + 1)]
    assert waits == sorted(waits)  # type: ignore[type-var]
    assert timedelta(days=3) < sum(WAITS, timedelta()) < timedelta(days=4)
    assert wait_after(len(WAITS) + 1, 0.0) is None
    assert WAITS[3] < wait_after(4, 1.0) < WAITS[3] * 1.3  # type: ignore[operator]


KNOWN = ("pipeline.won", "pipeline.lost", "network.person_left", "pipelines.other")


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        (["*"], sorted(KNOWN)),
        (["pipeline.*"], ["pipeline.lost", "pipeline.won"]),
        (["pipeline.won", "network.*"], ["network.person_left", "pipeline.won"]),
        (["pipeline"], []),
        (["pipeline.wo*"], []),
        ([".*"], []),
        ([], []),
    ],
)
def test_a_pattern_means_a_kind_all_of_a_package_or_all(asked: list[str], kinds: list[str]) -> None:
    assert meant(asked, KNOWN) == kinds
    assert unknown(asked, KNOWN) == ([] if kinds or not asked else asked)
