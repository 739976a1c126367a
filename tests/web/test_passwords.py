"""What may be a password: nothing that would be guessed, and else anything, as it was typed."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.hashers import check_password
from django.test import Client

from bailiwick.kit import Role
from bailiwick.network.commands import invite
from tests.village import PASSWORD, Village
from tests.web.test_signing_in import attempt, code_of, is_in, signed_out_with_password, with_app

pytestmark = pytest.mark.django_db
GUESSED = (
    "1234567890", "password123", "Bailiwick2026!", "sales-manager-1", "WelcomeWelcome", "Vertrieb.2026", "noor@village.example",
    "village.example1",
)  # fmt: skip
FINE = (
    "a sentence that nobody guesses",
    "ÄÖÜ 漢字 ключ 🙂 ok",
    "        spaces around        ",
    "onlylowercaseletters",
    "8203746159286401",
    "w" + "x y!" * 40,
)


def changed(client: Client, old: str, new: str) -> bool:
    answer = client.post("/password/change/", {"oldpassword": old, "password1": new, "password2": new})
    return bool(answer.status_code == 302)


@pytest.mark.parametrize("new", GUESSED)
def test_what_would_be_guessed_is_no_new_password(village: Village, new: str) -> None:
    client, login = signed_out_with_password(village, "noor")
    attempt(client, login.email, PASSWORD)
    assert login.email == "noor@village.example"
    assert not changed(client, PASSWORD, new)
    assert attempt(Client(), login.email, PASSWORD).status_code == 302


@pytest.mark.parametrize("new", ["Bailiwick2026!", "newcomer@village.example"])
def test_an_invitation_takes_no_password_that_would_be_guessed(village: Village, new: str) -> None:
    token = invite(unit=village.units["cobalt"].pk, role=Role.SELLER, by=village.actor("dora"), now=datetime.now(UTC))
    form = {"name": "New Comer", "email": "newcomer@village.example", "password": new}
    answer = Client().post(f"/welcome/{token}", form)
    assert answer.status_code == 422
    assert "Choose another" in answer.content.decode()
    assert Client().post(f"/welcome/{token}", form | {"password": "a sentence that nobody guesses"}).status_code == 302


@pytest.mark.parametrize("new", FINE)
def test_a_password_of_any_letters_and_of_any_length_is_taken_as_it_was_typed(village: Village, new: str) -> None:
    client, login = signed_out_with_password(village, "noor")
    attempt(client, login.email, PASSWORD)
    assert changed(client, PASSWORD, new)
    login.refresh_from_db()
    assert check_password(new, login.password)
    for other in (new[:-1], new.strip() if new != new.strip() else new + " ", new.upper() if new != new.upper() else new + "x"):
        assert not check_password(other, login.password)
    assert attempt(Client(), login.email, new).status_code == 302


def test_ten_letters_are_enough_and_nine_are_not(village: Village) -> None:
    client, login = signed_out_with_password(village, "noor")
    attempt(client, login.email, PASSWORD)
    assert not changed(client, PASSWORD, "qzkvwmfjx")
    assert changed(client, PASSWORD, "qzkvwmfjxt")


def test_the_password_until_now_is_needed_for_a_new_one(village: Village) -> None:
    client, login = signed_out_with_password(village, "noor")
    attempt(client, login.email, PASSWORD)
    for wrong in ("", "wrong wrong wrong"):
        assert not changed(client, wrong, "a sentence that nobody guesses")
    assert changed(client, PASSWORD, "a sentence that nobody guesses")


@pytest.mark.parametrize("path", ["/sign-in/", "/password/change/", "/sign-in/again/"])
def test_a_password_is_masked_and_left_to_the_password_manager(village: Village, path: str) -> None:
    client, login = signed_out_with_password(village, "noor")
    if path != "/sign-in/":
        attempt(client, login.email, PASSWORD)
    page = client.get(path).content.decode()
    boxes = [tag for tag in page.split("<input")[1:] if 'type="password"' in tag.partition(">")[0]]
    assert boxes
    assert all("-password" in box.partition(">")[0] and "autocomplete=" in box.partition(">")[0] for box in boxes)
    assert "onpaste" not in page
    assert 'autocomplete="off"' not in page


def test_a_link_to_a_new_password_opens_nothing_when_it_was_altered_or_is_too_old(
    village: Village, mailoutbox: list[Any], settings: Any
) -> None:
    _, login = signed_out_with_password(village, "noor")
    Client().post("/password/reset/", {"email": login.email})
    found = re.search(r"/password/reset/key/([^-\s]+)-(\S+)/", mailoutbox[-1].body)
    assert found
    login_id, key = found.groups()
    ben = user_pk_to_url_str(village.login("ben"))

    def opens(link: str) -> bool:
        return 'name="password1"' in Client().get(link, follow=True).content.decode()

    assert opens(found[0])
    altered = (
        f"{login_id}-{key[:-1]}{'0' if key[-1] != '0' else '1'}",
        f"{login_id}-x{key}",
        f"{login_id}-{key[:-1]}",
        f"{ben}-{key}",
    )
    assert not any(opens(f"/password/reset/key/{one}/") for one in altered)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert not opens(found[0])


def test_a_new_password_by_mail_opens_nothing_without_the_second_factor(village: Village, mailoutbox: list[Any]) -> None:
    _, login, secret = with_app(village, "noor")
    client = Client()
    client.post("/password/reset/", {"email": login.email})
    found = re.search(r"/password/reset/key/\S+", mailoutbox[-1].body)
    assert found
    form = client.get(found[0], follow=True)
    client.post(
        form.request["PATH_INFO"], {"password1": "a sentence that nobody guesses", "password2": "a sentence that nobody guesses"}
    )
    assert not is_in(client)
    assert attempt(client, login.email, "a sentence that nobody guesses")["Location"] == "/sign-in/second-factor/"
    assert not is_in(client)
    client.post("/sign-in/second-factor/", {"code": code_of(secret, 1)})
    assert is_in(client)
