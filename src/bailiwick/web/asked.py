"""What a page is asked with: who, where, when, in which words."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext

from bailiwick.kit import Actor, Invalid, Problem, Scope, Speech, day_of, say
from bailiwick.network.models import Person
from bailiwick.tenancy.models import Network

LONGEST_QUERY = 500


@dataclass(frozen=True)
class Asked:
    """One request by a person of a network. `now` is the one instant of the whole request."""

    request: HttpRequest
    viewer: Scope
    actor: Actor
    person: Person
    network: Network
    speech: Speech
    now: datetime
    zone: str

    @property
    def today(self) -> date:
        """The person's local day: what is due, what has lapsed."""
        return day_of(self.now, self.zone)

    @property
    def posted(self) -> bool:
        return self.request.method == "POST"

    def text(self, name: str, longest: int = LONGEST_QUERY) -> str:
        """A value of the form, else of its address; a null byte is refused before it reaches the store."""
        there = self.request.GET.get(name, "")
        value = str(self.request.POST.get(name, there) if self.posted else there)
        if "\x00" in value:
            raise Invalid(
                [Problem(name, say("This holds characters that cannot be kept (a null byte, for instance). Type it again."))]
            )
        return value[:longest]

    def id(self, name: str) -> UUID | None:
        """An id that was chosen, or None."""
        try:
            return UUID(self.text(name)) if self.text(name) else None
        except ValueError:
            raise Invalid([Problem(name, say("Choose one of the values offered."))]) from None

    def whole(self, name: str) -> int:
        """A whole number that a form carries hidden (a version); -1 for none."""
        text = self.text(name, 10)
        return int(text) if text.isascii() and text.isdigit() else -1


@dataclass(frozen=True)
class Shown:
    """A page to show: template, what it prints, and whose rows it shows (for their record of reads).

    `once`: it shows a secret this one time, so that nothing on the way may keep it. `offline`: a device may keep it for whoever
    asked, until they sign out, and show it where there is no network.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    looked_at: frozenset[UUID] = frozenset()
    once: bool = False
    offline: bool = False


@dataclass(frozen=True)
class Sent:
    """A file to send, and whose rows are in it (for their record of reads)."""

    response: HttpResponse
    looked_at: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Go:
    """Go on at another page, with a sentence about what became true."""

    url: str
    said: Any = None
    level: str = "good"


def speech_of(language: str, zone: str) -> Speech:
    """How to speak to this person; the language must be active already."""
    return Speech(language, zone, gettext, ngettext)
