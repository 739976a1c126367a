"""What follows when somebody signs in or changes how they do: the session says where it is, others end, the person is told."""

import logging
from datetime import UTC, datetime
from typing import Any, cast

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.account.signals import user_logged_in as came_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.signals import social_account_added
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from bailiwick.kit import Actor, Door, Sentence, say
from bailiwick.network.commands.access import end_other_sessions
from bailiwick.network.models import Login
from bailiwick.network.queries import oneself, open_accesses, scope_of
from bailiwick.notices.commands import NewMessage, tell
from bailiwick.tenancy.within import within
from bailiwick.web.asked import speech_of
from bailiwick.web.sessions import mark

log = logging.getLogger("bailiwick.signin")
KIND = "signing_in"
ADDED: dict[str, Sentence] = {
    Authenticator.Type.TOTP: say("An app that makes codes was set up for signing in."),
    Authenticator.Type.WEBAUTHN: say("A passkey was added for signing in."),
}
REMOVED: dict[str, Sentence] = {
    Authenticator.Type.TOTP: say("The app that makes codes was taken off signing in."),
    Authenticator.Type.WEBAUTHN: say("A passkey was taken off signing in."),
}
NEW_CODES = say("New recovery codes were made; the old ones open nothing any more.")
CONNECTED = say("Your company's sign-in was connected; it signs you in from now on.")
UNLOCKED = say("Your second factors were taken off by whoever runs the server; your devices are signed out.")
NEW_PASSWORD = say("Your password was changed; other devices are signed out.")


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: Login, **told: Any) -> None:
    """The session says since when it is there and on what device."""
    mark(request.session, request.headers.get("User-Agent", ""), datetime.now(UTC))


@receiver(came_in)
def told_in(request: HttpRequest, user: Login, **told: Any) -> None:
    """The log says by what somebody signed in, and who by an id that is no name."""
    ways = [one.get("type") or one["method"] for one in get_authentication_records(request, user)]
    log.info("login %s signed in by %s", user.pk, " and ".join(ways))


@receiver(user_login_failed)
def told_out(**told: Any) -> None:
    """Not what was typed: people type their password where the address belongs."""
    log.warning("signing in by password failed")


@receiver([password_changed, password_set, password_reset])
def new_password(request: HttpRequest, user: Login, **told: Any) -> None:
    """Whoever knew the old password is out."""
    log.warning("login %s has a new password", user.pk)
    end_other_sessions(user, but=request.session.session_key or "")
    tell_login(user, NEW_PASSWORD)


@receiver(authenticator_added)
def factor_added(request: HttpRequest, user: Login, authenticator: Authenticator, **told: Any) -> None:
    """Whoever has just set one up has shown who they are, and sees the recovery codes without being asked for it at once."""
    record_authentication(request, user, method="mfa", reauthenticated=True)
    log.warning("login %s has a new factor: %s", user.pk, authenticator.type)
    if sentence := ADDED.get(authenticator.type):
        tell_login(user, sentence)


@receiver(authenticator_removed)
def factor_removed(user: Login, authenticator: Authenticator, **told: Any) -> None:
    log.warning("login %s has a factor less: %s", user.pk, authenticator.type)
    if sentence := REMOVED.get(authenticator.type):
        tell_login(user, sentence)


@receiver(authenticator_reset)
def new_codes(user: Login, **told: Any) -> None:
    log.warning("login %s has new recovery codes", user.pk)
    tell_login(user, NEW_CODES)


@receiver(social_account_added)
def connected(sociallogin: SocialLogin, **told: Any) -> None:
    tell_login(cast(Login, sociallogin.user), CONNECTED)


def tell_login(login: Login, sentence: Sentence) -> None:
    """Everybody who this login is gets the sentence by mail, and what to do if it was not them. Quiet hours do not hold it."""
    now = datetime.now(UTC)
    for access in open_accesses(login.pk, now):
        with within(access.network_id):
            by = Actor(scope_of(access.network_id, access.person, now), Door.PAGE)
            person = oneself(by.scope)
            language = person.language or access.network.language
            with translation.override(language):
                subject = speech_of(language, access.network.zone).say(sentence)
                remedy = gettext("If that was not you: set a new password at once, and tell your manager.")
                body = render_to_string("mails/notice.txt", {"sentence": subject, "remedy": remedy}).strip() + "\n"
            about = f"{now.isoformat()} {subject}"[:120]
            one = NewMessage(person=person.pk, kind=KIND, about=about, subject=subject, body=body, not_before=now)
            tell([one], by=by, now=now)
