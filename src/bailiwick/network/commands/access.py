"""Logins, their access to a network, and tokens of the API."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from bailiwick.kit import Actor, NotSeen, Refused, say
from bailiwick.network.models import Access, ApiToken, Login
from bailiwick.network.queries import leaver

PREFIX = "bw_"


def open_access(*, person: UUID, email: str, password: str | None, by: Actor, now: datetime) -> Access:
    """The login with `email` is this person of the actor's network; made if need be, with `password` or none usable.

    By whoever staffs each unit of the person. Refuses a person who has, or had, a login here.
    """
    if not by.system:
        leaver(by, person)
    if Access.objects.filter(network=by.network, person=person).exists():
        raise Refused("has_login", say("They have a login here already."))
    login = Login.objects.filter(email__iexact=email).first()
    if login is None:
        login = Login(email=email.lower())
        login.set_password(password) if password else login.set_unusable_password()
        login.save()
    if Access.objects.filter(login=login, network=by.network).exists():
        raise Refused("login_is_somebody", say("That login is somebody in this network already."))
    return Access.objects.create(login=login, network_id=by.network, person=person)


def end_access(person: UUID, *, by: Actor, now: datetime) -> None:
    """No later request of this person succeeds: session, token or link; every door asks `access_of` first."""
    Access.objects.filter(network=by.network, person=person, until=None).update(until=now)


def give_token(*, label: str, scope: str, by: Actor, now: datetime, until: datetime | None = None) -> tuple[ApiToken, str]:
    """A token with the rights of its person, to read or to write as well; its text is shown this once and kept as a hash."""
    access = Access.objects.filter(network=by.network, person=by.person).first()
    if access is None:
        raise NotSeen
    text = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(access=access, label=label, scope=scope, digest=digest_of(text), created=now, until=until)
    return token, text


def revoke_token(token: UUID, *, by: Actor, now: datetime) -> None:
    """The token opens nothing from now on. Only one's own."""
    changed = ApiToken.objects.filter(pk=token, access__network=by.network, access__person=by.person).update(until=now)
    if not changed:
        raise NotSeen


def digest_of(text: str) -> str:
    """How a token is stored: a fast hash is enough for 256 random bits."""
    return hashlib.sha256(text.encode()).hexdigest()
