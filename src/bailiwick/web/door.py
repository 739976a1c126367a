"""The one way from a request to a page: who asks, one transaction in one network, refusals, the record of reads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import translation

from bailiwick.kit import Actor, Door, NotAllowed, Refused, Role, day_of, say
from bailiwick.ledger.commands import looked
from bailiwick.network.models import Access
from bailiwick.network.queries import access_of, oneself, scope_of
from bailiwick.tenancy.within import within
from bailiwick.vitals import metrics
from bailiwick.web.asked import Asked, Go, Sent, Shown, speech_of
from bailiwick.web.frame import frame
from bailiwick.web.problems import refused_page, to_sign_in
from bailiwick.web.sessions import seen
from bailiwick.web.signin.demanded import OPEN, wanted

EVERYBODY = frozenset(Role)
Page = Callable[..., Shown | Sent | Go | HttpResponse]


@dataclass(frozen=True)
class Route:
    """A page as declared: its address, who may come at all, and how it may be asked."""

    name: str
    pattern: str
    roles: frozenset[Role]
    methods: tuple[str, ...]
    view: Callable[..., HttpResponse]


ROUTES: list[Route] = []


def page(
    pattern: str, *, name: str, roles: frozenset[Role] = EVERYBODY, methods: tuple[str, ...] = ("GET",)
) -> Callable[[Page], Page]:
    """Declare a page. `roles`: who may come; what they see there is still their scope's to say."""

    def declare(show: Page) -> Page:
        @wraps(show)
        def view(request: HttpRequest, **parts: Any) -> HttpResponse:
            if request.method not in methods and not (request.method == "HEAD" and "GET" in methods):
                return HttpResponse(status=405, headers={"Allow": ", ".join(methods)})
            return answer(request, show, name, roles, parts)

        ROUTES.append(Route(name, pattern, roles, methods, view))
        return show

    return declare


def urlpatterns() -> list[URLPattern]:
    """Every declared page as Django wants it."""
    return [path(route.pattern, route.view, name=route.name) for route in ROUTES]


def answer(request: HttpRequest, show: Page, name: str, roles: frozenset[Role], parts: dict[str, Any]) -> HttpResponse:
    """Ask `show` as the person who is signed in; without one, go to the sign-in page."""
    now = datetime.now(UTC)
    access = access_of(request.user.pk, now, _chosen(request)) if request.user.is_authenticated else None
    if access is None:
        if request.user.is_authenticated:
            logout(request)  # a session whose access has ended must not stand between the person and the sign-in page
        return to_sign_in(request)
    seen(request.session, now.date())
    try:
        with within(access.network_id):
            asked = ask(request, access, now)
            with translation.override(asked.speech.locale):
                if not asked.viewer.roles:
                    raise NotAllowed(say("You are in no unit yet."), say("The manager of your unit gives you a role."))
                if not asked.viewer.roles & roles:
                    raise NotAllowed(say("This page is not for your role."), say("Ask the director if it should be."))
                shown = show(asked, **parts) if name in OPEN or not wanted(request, asked.network, now) else _to_factor(asked)
                response = _respond(asked, shown, name)
        _record(asked, shown, name)
        return response
    except Refused as no:
        return refused_page(request, no)


def ask(request: HttpRequest, access: Access, now: datetime) -> Asked:
    """Who asks, from their open access; the network must be set."""
    network = access.network
    viewer = scope_of(network.pk, access.person, now)
    person = oneself(viewer)
    zone = viewer.home.zone if viewer.home else network.zone
    language = person.language or network.language
    translation.activate(language)
    return Asked(request, viewer, Actor(viewer, Door.PAGE), person, network, speech_of(language, zone), now, zone)


def _to_factor(asked: Asked) -> Go:
    """What was asked is neither shown nor done before a second factor is there."""
    return Go(
        reverse("signing_in"), say("%(network)s asks for a second factor: set one up first.", network=asked.network.name), "watch"
    )


def tried(act: Callable[[], Any]) -> Any:
    """What `act` gives, or the refusal; nothing of a refused act stays, and the page can still be shown."""
    try:
        with transaction.atomic():
            return act()
    except Refused as no:
        metrics.refused(no)
        return no


def _respond(asked: Asked, shown: Shown | Sent | Go | HttpResponse, name: str) -> HttpResponse:
    if isinstance(shown, HttpResponse):
        return shown
    if isinstance(shown, Sent):
        return shown.response
    if isinstance(shown, Go):
        if shown.said is not None:
            messages.add_message(asked.request, messages.INFO, asked.speech.say(shown.said), extra_tags=shown.level)
        return HttpResponseRedirect(shown.url)
    as_of = asked.speech.instant(asked.now) if shown.offline else ""
    context = frame(asked, name) | {"as_of": as_of} | shown.context
    answer = render(asked.request, shown.template, context, status=shown.status)
    if shown.once:
        answer["Cache-Control"] = "no-store"
    elif shown.offline:
        answer["Kept-For"], answer["Cache-Control"] = str(asked.person.pk), "private, no-cache"
    return answer


def _record(asked: Asked, shown: Shown | Sent | Go | HttpResponse, name: str) -> None:
    """Who looked at whose rows: in a transaction of its own, before the answer leaves, also when a GET asked."""
    others = shown.looked_at - {asked.person.pk} if isinstance(shown, Shown | Sent) else frozenset()
    if others:
        with within(asked.network.pk):
            looked(others, page=name, by=asked.actor, day=day_of(asked.now, asked.zone), now=asked.now)


def _chosen(request: HttpRequest) -> UUID | None:
    """The network that the session works in, where a login has several."""
    chosen = request.session.get("network")
    return UUID(chosen) if chosen else None
