"""Tokens: found by their hash before a network is set."""

import hashlib
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import OperationalError, transaction
from django.db.models import Q

from bailiwick.kit import Scope
from bailiwick.network.models import Access, ApiToken

STAMPED_EVERY = timedelta(minutes=1)


def tokens(viewer: Scope, now: datetime) -> list[ApiToken]:
    """The viewer's own tokens that still open something, the latest first."""
    rows = ApiToken.objects.filter(access__network=viewer.network, access__person=viewer.person)
    return list(rows.filter(Q(until=None) | Q(until__gt=now)).order_by("-created"))


def dates_opened_by(token: str, now: datetime) -> Access | None:
    """The open access whose dates the text of a token opens; None for any other text. Runs before a network is set."""
    opens = Q(until=None) | Q(until__gt=now)
    access = Q(access__until=None) | Q(access__until__gt=now)
    rows = ApiToken.objects.filter(opens, access, access__login__is_active=True, scope="dates", digest=digest_of(token))
    found = rows.select_related("access__network").first()
    if found is None:
        return None
    stamp(found, now)
    return found.access


def stamp(token: ApiToken, now: datetime) -> None:
    """When it was last used, at most once a minute; a full disk must not keep anybody from reading."""
    before = now - STAMPED_EVERY
    if token.used is None or token.used < before:
        with suppress(OperationalError), transaction.atomic():
            ApiToken.objects.filter(Q(used=None) | Q(used__lt=before), pk=token.pk).update(used=now)


def digest_of(text: str) -> str:
    """How a token is stored: a fast hash is enough for 256 random bits."""
    return hashlib.sha256(text.encode()).hexdigest()
