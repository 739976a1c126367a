"""Fifty who try to sign in at once: a code opens once, wrong passwords are all counted, and a session that ended stays so."""

from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from bailiwick.kit import Refused, say
from bailiwick.network.commands.access import end_other_sessions
from bailiwick.network.models import Login, Session
from tests.village import PASSWORD, Village
from tests.web.test_signing_in import attempt, codes_of, in_by_password, is_in, with_app
from tests.web.test_signing_in import code_of as code_now
from trials.racing import RUNNERS, Act, race

SECOND = "/sign-in/second-factor/"


@pytest.fixture(autouse=True)
def _many_may_try(settings: Any) -> None:
    """Fifty browsers come from one place here: how often a place may try is tried elsewhere."""
    settings.ACCOUNT_RATE_LIMITS = {"login": False, "reauthenticate": False}


def before_the_factor(village: Village, login: Login) -> list[Client]:
    return [in_by_password(village, login) for _ in range(10)]


def test_a_recovery_code_opens_for_one_of_many(village: Village) -> None:
    client, login, _ = with_app(village, "noor")
    code, browsers = codes_of(client)[0], before_the_factor(village, login)
    assert race(_opens(browsers, code), rounds=1, runners=len(browsers)) == [Counter(done=1, closed=len(browsers) - 1)]


def test_a_code_of_the_app_opens_for_one_of_many_and_never_again(village: Village) -> None:
    _, login, secret = with_app(village, "ben")
    code, browsers = code_now(secret, 1), before_the_factor(village, login)  # of the next half minute: good for a while
    assert race(_opens(browsers, code), rounds=1, runners=len(browsers)) == [Counter(done=1, closed=len(browsers) - 1)]
    with connection.cursor() as cursor:  # what is remembered for half a minute is over, and so are the wrong attempts
        cursor.execute("DELETE FROM network_attempt WHERE expires < now() + '31 s' OR expires > now() + '100 s'")
    late = in_by_password(village, login)
    late.post(SECOND, {"code": code})
    assert not is_in(late), "a code opened twice within the time in which it fits"


def _opens(browsers: list[Client], code: str) -> Act:
    def enter(turn: int, number: int) -> None:
        browsers[number].post(SECOND, {"code": code})
        if not is_in(browsers[number]):
            raise Refused("closed", say("The code opened nothing."))

    return enter


def test_of_fifty_wrong_passwords_at_once_no_more_than_five_are_looked_at(village: Village) -> None:
    login = village.login("sven")
    login.set_password(PASSWORD)
    login.save()

    def guess(turn: int, number: int) -> None:
        answer = attempt(Client(), login.email, f"wrong {number}", REMOTE_ADDR=f"198.51.100.{number}")
        words = "too many" if "too many" in answer.content.decode().lower() or answer.status_code == 429 else "wrong"
        raise LookupError(words)

    (outcomes,) = race(guess, rounds=1)
    assert set(outcomes) <= {"LookupError: too many", "LookupError: wrong"}
    assert outcomes["LookupError: wrong"] <= 5
    assert attempt(Client(), login.email, PASSWORD).status_code != 302


def test_a_session_that_is_ended_while_it_is_used_comes_back_by_no_request(village: Village) -> None:
    login = village.login("piet")
    client = Client()
    client.force_login(login, backend="allauth.account.auth_backends.AuthenticationBackend")

    def use_or_end(turn: int, number: int) -> None:
        if number == RUNNERS // 2:
            end_other_sessions(login, but="")
            return
        client.get("/settings")
        client.get("/my-day")

    (outcomes,) = race(use_or_end, rounds=1)
    assert set(outcomes) == {"done"}
    assert not Session.objects.filter(login=login).exists()
    assert not is_in(client)
