"""Tokens and sessions: found by hash or login before a network is set."""

import hashlib
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from bailiwick.kit import Scope
from bailiwick.network.models import Access, ApiToken, Login, PushDevice, Session
from bailiwick.tenancy.walls import InNetwork


def tokens(viewer: Scope, now: datetime) -> list[ApiToken]:
    """The viewer's own tokens that still open something, the latest first; not the one of their address for mail."""
    rows = ApiToken.objects.filter(access__network=viewer.network, access__person=viewer.person)
    return list(rows.filter(Q(until=None) | Q(until__gt=now)).exclude(scope="mail").order_by("-created"))


def mail_token(viewer: Scope, now: datetime) -> ApiToken | None:
    """What makes the viewer's own address for mail, while it takes any."""
    rows = ApiToken.objects.filter(access__network=viewer.network, access__person=viewer.person, scope="mail")
    return rows.filter(Q(until=None) | Q(until__gt=now)).order_by("-created").first()


def logins_here(by: InNetwork, now: datetime) -> list[UUID]:
    """The logins that may sign in to the network."""
    rows = Access.objects.filter(Q(until=None) | Q(until__gt=now), network=by.network, login__is_active=True)
    return list(rows.values_list("login_id", flat=True))


def sessions(login: Login, now: datetime) -> list[Session]:
    """Where this login is signed in, the latest first."""
    return list(Session.objects.filter(login=login, expire_date__gt=now).order_by("-seen", "-begun"))


def push_devices(people: Collection[UUID], by: InNetwork, now: datetime) -> dict[UUID, list[PushDevice]]:
    """The browsers to tell of messages to these people: their access and their session open, and working in no other network."""
    opens = Q(until=None) | Q(until__gt=now)
    accesses = Access.objects.filter(opens, network=by.network, person__in=people, login__isnull=False)
    logins: dict[UUID | None, UUID] = dict(accesses.values_list("login", "person"))
    found: dict[UUID, list[PushDevice]] = {}
    devices = PushDevice.objects.filter(session__login__in=logins, session__expire_date__gt=now)
    here = Q(session__network=by.network) | Q(session__network=None)
    for device in devices.filter(here).select_related("session"):
        found.setdefault(logins[device.session.login_id], []).append(device)
    return found


def told_here(session: str) -> bool:
    """Whether the browser of this session shows messages by itself."""
    return PushDevice.objects.filter(session=session).exists()


def token_of_dates(text: str, now: datetime) -> ApiToken | None:
    """The open token of an open access whose text opens somebody's dates; None for any other. Runs before a network is set."""
    return _opening("dates", text, now)


def token_of_mail(text: str, now: datetime) -> ApiToken | None:
    """The same of somebody's address for mail, whatever became of its capitals on the way."""
    return _opening("mail", text.lower(), now)


def _opening(scope: str, text: str, now: datetime) -> ApiToken | None:
    opens = Q(until=None) | Q(until__gt=now)
    access = Q(access__until=None) | Q(access__until__gt=now)
    rows = ApiToken.objects.filter(opens, access, access__login__is_active=True, scope=scope, digest=digest_of(text))
    return rows.select_related("access__network").first()


def digest_of(text: str) -> str:
    """How a token is stored: a fast hash is enough for 256 random bits."""
    return hashlib.sha256(text.encode()).hexdigest()
