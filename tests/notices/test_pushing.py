"""What a browser would read: opened here as RFC 8291 says, with the RFC's own example as the known answer."""

import base64
from datetime import timedelta

import jwt
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from bailiwick.notices.pushing import headers, is_device, own_key, public_key, sealed
from tests.notices.browser import Browser, bytes_of, private
from tests.village import NOW

# RFC 8291, appendix A.
SAID = b"When I grow up, I want to be a watermelon"
OURS = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
THEIRS = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6"
    "cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_the_example_of_the_rfc_comes_out() -> None:
    assert sealed(SAID, KEY, AUTH, salt=bytes_of(SALT), ours=private(OURS)) == bytes_of(SEALED)


def test_the_browser_of_the_example_reads_the_example() -> None:
    assert Browser(private(THEIRS), bytes_of(AUTH)).opens(bytes_of(SEALED)) == SAID


@given(st.binary(max_size=3000))
def test_what_is_sealed_is_opened_by_that_browser_and_no_other(said: bytes) -> None:
    browser, other = Browser(), Browser()
    told = sealed(said, browser.key, browser.auth_text)
    assert browser.opens(told) == said
    with pytest.raises(InvalidTag):
        other.opens(told)


def test_no_two_posts_of_one_message_are_alike() -> None:
    browser = Browser()
    assert sealed(SAID, browser.key, browser.auth_text) != sealed(SAID, browser.key, browser.auth_text)


def test_a_service_learns_who_posts_and_for_whom_and_until_when() -> None:
    told = headers("https://push.example:8443/a/b?c", "0" * 32, "root", "it@firm.example", NOW)
    token, key = told["Authorization"].removeprefix("vapid t=").split(", k=")
    assert key == public_key("root")
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes_of(key))
    claims = jwt.decode(token, point, algorithms=["ES256"], audience="https://push.example:8443", options={"verify_exp": False})
    assert claims["sub"] == "mailto:it@firm.example"
    assert timedelta(0) < timedelta(seconds=claims["exp"] - NOW.timestamp()) <= timedelta(days=1)
    assert told["Topic"] == "0" * 32


def test_the_key_follows_from_the_secret_and_from_nothing_else() -> None:
    one, other = own_key("root").private_numbers(), own_key("root").private_numbers()
    assert one == other != own_key("another root").private_numbers()


@pytest.mark.parametrize(
    ("key", "auth"),
    [
        ("", ""),
        (KEY, ""),
        (KEY, AUTH + "AAAA"),
        (KEY[:-4], AUTH),
        ("A" + KEY[1:], AUTH),
        (base64.urlsafe_b64encode(b"\4" + bytes(range(64))).decode(), AUTH),
        ("ключ", AUTH),
        (KEY, "\u0661" * 22),
    ],
)
def test_what_is_no_key_is_not_taken_for_one(key: str, auth: str) -> None:
    assert is_device(KEY, AUTH)
    assert not is_device(key, auth)
