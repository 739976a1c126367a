"""What the log keeps of signing in."""

import logging

import pytest
from django.test import Client

from tests.village import PASSWORD, Village
from tests.web.test_signing_in import attempt, code_of, codes_of, in_by_password, with_app

pytestmark = pytest.mark.django_db


def test_the_log_says_by_what_somebody_signed_in_or_did_not_and_nothing_that_was_typed(
    village: Village, caplog: pytest.LogCaptureFixture
) -> None:
    client, login, secret = with_app(village, "noor")
    codes = codes_of(client)
    caplog.set_level(logging.INFO, logger="bailiwick.signin")
    caplog.clear()
    attempt(Client(), login.email, "wrong and telling")
    browser = in_by_password(village, login)
    browser.post("/sign-in/second-factor/", {"code": "000000"})
    browser.post("/sign-in/second-factor/", {"code": codes[0]})
    browser.post("/password/change/", {"oldpassword": "wrong and telling", "password1": "x", "password2": "x"})
    for _ in range(6):
        attempt(Client(), login.email, "wrong and telling")
    told = [record.getMessage() for record in caplog.records if record.name == "bailiwick.signin"]
    assert told[:4] == [
        "signing in by password failed",
        "SecondFactor: not shown",
        f"login {login.pk} signed in by password and recovery_codes",
        "ChangePassword: not shown",
    ]
    assert told[-1] == "signing in by password: too many attempts at one login"
    whole = " ".join(told)
    assert not any(word in whole for word in (login.email, "telling", PASSWORD, codes[0], secret, code_of(secret)))
