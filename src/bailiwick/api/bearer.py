"""The key to the API: a token of a person or a service account, found before a network is set.

It opens what whose it is may do, and no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer

from bailiwick.kit import NotAllowed, say
from bailiwick.network.commands.access import PREFIX, paced, stamp_token
from bailiwick.network.models import ApiToken
from bailiwick.network.queries import digest_of
from bailiwick.tenancy.models import Network

READING = frozenset({"GET", "HEAD", "OPTIONS"})
JSON = "application/json"
OF_API = ("read", "write")
FILE = "application/octet-stream"


@dataclass(frozen=True)
class Caller:
    """A token that opens at `now`: whose it is and where."""

    token: ApiToken
    now: datetime

    @property
    def network(self) -> Network:
        return self.token.access.network

    @property
    def person(self) -> UUID:
        return self.token.access.person


class Bearer(HttpBearer):
    """A token: one's own (`POST /api/v1/tokens`, or in the settings) or a service account's, given on its page.

    `Authorization: Bearer bw_...` Where files are delivered, a token that does nothing else opens too, and the body is a file.
    """

    def __init__(self, media: Sequence[str] = ()) -> None:
        super().__init__()
        self.media = tuple(media) or (JSON,)

    def __call__(self, request: HttpRequest) -> Caller | None:
        """Who calls, or None (401). A token that may only read, and a body of another kind, get no further."""
        caller: Caller | None = super().__call__(request)
        if caller is None:
            return None
        if caller.token.scope not in ("write", "deliver") and request.method not in READING:
            raise NotAllowed(say("This token may read only."), say("Give yourself a token that may write, in your settings."))
        if request.method not in READING and _has_body(request) and request.content_type not in self.media:
            raise HttpError(415, ", ".join(self.media))
        return caller

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """The caller of an open token of an open access, unless it has asked too often in this minute."""
        if not token.startswith(PREFIX):
            return None
        now = datetime.now(UTC)
        # A service account has no login that could be closed: what ends it is the end of its access.
        signs_in_or_never = Q(access__login__is_active=True) | Q(access__login=None)
        scopes = (*OF_API, "deliver") if FILE in self.media else OF_API
        tokens = ApiToken.objects.filter(_open("", now), _open("access__", now), signs_in_or_never, scope__in=scopes)
        found = tokens.filter(digest=digest_of(token)).select_related("access__network").first()
        if found is None:
            return None
        if settings.API_PACE and paced(found, now) > settings.API_PACE:
            raise HttpError(429, "too fast")
        stamp_token(found, now)
        return Caller(found, now)


def _open(prefix: str, now: datetime) -> Q:
    return Q(**{f"{prefix}until": None}) | Q(**{f"{prefix}until__gt": now})


def _has_body(request: HttpRequest) -> bool:
    return request.META.get("CONTENT_LENGTH") not in (None, "", "0")
