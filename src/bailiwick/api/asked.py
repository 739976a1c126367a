"""What an endpoint is asked with, and what it tells: who, where, when, in which words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation.trans_real import parse_accept_lang_header
from pydantic import BaseModel

from bailiwick.api.bearer import Caller
from bailiwick.kit import Actor, Door, Scope, Speech, day_of
from bailiwick.network.queries import oneself, scope_of
from bailiwick.tenancy.models import Network


@dataclass(frozen=True)
class Asked:
    """One request by a person of a network. `now` is the one instant of the whole request."""

    caller: Caller
    viewer: Scope
    actor: Actor
    speech: Speech
    zone: str

    @property
    def now(self) -> datetime:
        return self.caller.now

    @property
    def person(self) -> UUID:
        """Who asks."""
        return self.caller.person

    @property
    def network(self) -> Network:
        return self.caller.network

    @property
    def today(self) -> date:
        """The person's local day: what is due, what has lapsed."""
        return day_of(self.now, self.zone)


@dataclass(frozen=True)
class Told:
    """What an endpoint answers, and whose rows it shows (for their record of reads).

    `kept` stands in for `body` where an answer is kept for its Idempotency-Key: a secret is shown once and stored nowhere.
    """

    body: BaseModel | None = None
    looked_at: Iterable[UUID] = ()
    kept: BaseModel | None = None


def ask(request: HttpRequest, caller: Caller) -> Asked:
    """Who asks; the network must be set. From here on the person's language is spoken."""
    network = caller.network
    viewer = scope_of(network.pk, caller.person, caller.now)
    zone = viewer.home.zone if viewer.home else network.zone
    language = language_of(request) or oneself(viewer).language or network.language
    translation.activate(language)
    return Asked(caller, viewer, Actor(viewer, Door.API), Speech(language, zone, gettext, ngettext), zone)


def language_of(request: HttpRequest) -> str:
    """The first language of Accept-Language that we speak; empty where none is named."""
    for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        if code == "*":
            break
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return ""
