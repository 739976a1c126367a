"""Opening an invitation: a page without signing in, after which one is signed in. Looking at it changes nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from allauth.core.ratelimit import consume
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from bailiwick.fields import Field, take
from bailiwick.kit import Invalid, Refused, Role, Speech
from bailiwick.network.commands import accept
from bailiwick.network.fields import WELCOME_EMAIL, WELCOME_NAME
from bailiwick.network.models import Access, Invitation, Login, Person, Unit
from bailiwick.network.queries import digest_of, invited, open_invitation
from bailiwick.network.rules import closed_link
from bailiwick.tenancy.within import within
from bailiwick.web.asked import speech_of
from bailiwick.web.door import tried
from bailiwick.web.forms import Control, controls, problem_of, said
from bailiwick.web.pages.people import role_word
from bailiwick.web.problems import problem, too_many
from bailiwick.web.signin import BACKEND, bare

FILLED = {"name": "name", "email": "username"}  # so that the browser fills them in, and keeps the password with the address


@sensitive_post_parameters("password")
@never_cache
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Who is invited where; a post makes them somebody there and signs them in."""
    answer: HttpResponse = _answer(request, token, datetime.now(UTC))
    # The address is the key: no page that is opened from here learns it. "no-referrer" would take the origin from the form too.
    answer["Referrer-Policy"] = "strict-origin"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def _answer(request: HttpRequest, token: str, now: datetime) -> HttpResponse:
    speech = speech_of(get_language() or "en", "UTC")
    try:
        invitation = open_invitation(digest_of(token), now)
        with within(invitation.network_id):
            place, person = invited(invitation)
        if place is None or (invitation.person and person is None):
            raise closed_link(known=True, used=False)
    except Refused as no:
        return _closed(request, no, speech)
    if request.method != "POST":
        return _page(request, invitation, place, person, speech)
    if not consume(request, action="login"):
        return too_many(request)
    done = tried(lambda: _accept(request, token, person, now))
    if isinstance(done, Refused):
        closed = done.code == "invitation_closed"
        return _closed(request, done, speech) if closed else _page(request, invitation, place, person, speech, done)
    return _in(request, done, Role(invitation.role))


def _accept(request: HttpRequest, token: str, person: Person | None, now: datetime) -> Access:
    known = _known(request)
    values = {"name": "", "email": ""} | take(_fields(known, person), request.POST)
    password = "" if known else str(request.POST.get("password", ""))
    return accept(token=token, name=values["name"], email=values["email"], password=password, now=now, login=known)


def _known(request: HttpRequest) -> Login | None:
    """Whoever is signed in already: they come in with the login that they have."""
    return request.user if isinstance(request.user, Login) else None


def _fields(known: Login | None, person: Person | None) -> list[Field]:
    """What is not known yet."""
    return [*([] if person else [WELCOME_NAME]), *([] if known else [WELCOME_EMAIL])]


def _page(
    request: HttpRequest, invitation: Invitation, place: Unit, person: Person | None, speech: Speech, no: Refused | None = None
) -> HttpResponse:
    known = _known(request)
    typed: Any = request.POST if no else {"email": person.email if person else ""}
    fields = [replace(one, autocomplete=FILLED[one.name]) for one in controls(_fields(known, person), typed, speech, no)]
    fields += [] if known else [_password(no, speech)]
    context = bare(request) | {
        "network": invitation.network.name,
        "unit": place.name,
        "role": role_word(invitation.role, speech),
        "name": person.name if person else "",
        "known": known.email if known else "",
        "fields": fields,
        "refusal": said(no, speech) or _beside(no, fields, speech),
        "action": request.path,
    }
    return render(request, "account/welcome.html", context, status=422 if no else 200)


def _beside(no: Refused | None, fields: Sequence[Control], speech: Speech) -> dict[str, str] | None:
    """What is wrong with a value that is not asked here: the address of the login that somebody has."""
    asked = {control.name for control in fields}
    aside = [one for one in no.problems if one.field not in asked] if isinstance(no, Invalid) else []
    return {"sentence": speech.say(aside[0].sentence), "remedy": ""} if aside else None


def _password(no: Refused | None, speech: Speech) -> Control:
    return Control(
        name="password",
        label=gettext("Password"),
        kind="password",
        value="",
        required=True,
        purpose=gettext("At least ten characters; a sentence is easier to keep than a riddle."),
        problem=problem_of(no, "password", speech),
        autocomplete="new-password",
    )


def _closed(request: HttpRequest, no: Refused, speech: Speech) -> HttpResponse:
    return problem(request, 404, gettext("This link is closed"), speech.say(no.sentence), speech.say(no.remedy))


def _in(request: HttpRequest, access: Access, role: Role) -> HttpResponse:
    """Signed in, in this network; a director goes on with what an import could not know, or with importing."""
    if _known(request) is None:
        login(request, access.login, backend=BACKEND)
        request.session.set_expiry(0)
    request.session["network"] = str(access.network_id)
    if role is not Role.DIRECTOR:
        return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
    return HttpResponseRedirect(reverse("setup" if access.network.as_of else "imports"))


def urlpatterns() -> list[URLPattern]:
    """The one address, open to whoever has it."""
    return [path("welcome/<str:token>", welcome, name="welcome")]
