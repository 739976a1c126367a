"""Refusals and failures as pages: what was wrong, what to do, nothing lost."""

import logging
import uuid
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, gettext, ngettext

from bailiwick.kit import NotAllowed, NotSeen, Refused, Speech, Stale, say

log = logging.getLogger("bailiwick.web")
STATUS: dict[type[Refused], int] = {NotSeen: 404, NotAllowed: 403, Stale: 409}


def status_of(no: Refused) -> int:
    """The HTTP status of a refusal; 422 for a rule's plain no."""
    return next((status for kind, status in STATUS.items() if isinstance(no, kind)), 422)


def refused_page(request: HttpRequest, no: Refused) -> HttpResponse:
    """A refusal that no form could show beside itself."""
    speech = Speech(get_language() or "en", "UTC", gettext, ngettext)
    titles = {404: gettext("Nothing here"), 403: gettext("Not yours to do"), 409: gettext("Changed meanwhile")}
    status = status_of(no)
    return problem(
        request, status, titles.get(status, gettext("That did not work")), speech.say(no.sentence), speech.say(no.remedy)
    )


def problem(request: HttpRequest, status: int, title: str, sentence: str, remedy: str = "", reference: str = "") -> HttpResponse:
    """A bare page that needs no database."""
    context: dict[str, object] = {
        "title": title,
        "sentence": sentence,
        "remedy": remedy,
        "reference": reference,
        "language": get_language() or "en",
        "direction": "rtl" if get_language_bidi() else "ltr",
        "messages": [],
    }
    return render(request, "problem.html", context, status=status)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Whoever is not signed in (or no longer is) goes to the sign-in page and comes back to a page they read."""
    back = f"?next={quote(request.get_full_path())}" if request.method == "GET" else ""
    return HttpResponseRedirect(reverse(settings.LOGIN_URL) + back)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refused_page(request, NotSeen())


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refused_page(request, NotAllowed(say("You may not do this.")))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return problem(request, 400, gettext("That did not work"), gettext("The request could not be read."))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is too old or came from elsewhere."""
    sentence = gettext("This form is too old, or it came from another site. Nothing was changed.")
    return problem(request, 403, gettext("That did not work"), sentence, gettext("Go back, load the page again and repeat it."))


def failed(request: HttpRequest, *_: Any) -> HttpResponse:
    """A bug; the reference is in the log."""
    reference = uuid.uuid4().hex[:12]
    log.error("failed %s %s", reference, request.path)
    sentence = gettext("Something broke on our side. What you had saved before is safe.")
    return problem(request, 500, gettext("That did not work"), sentence, gettext("Try it again in a minute."), reference)


class Trouble:
    """Middleware: a database that is away is 503 with Retry-After, a full disk 507; nothing acknowledged is lost."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.get_response(request)
        return response

    def process_exception(self, request: HttpRequest, why: Exception) -> HttpResponse | None:
        if not isinstance(why, OperationalError):
            return None
        log.error("store: %s", why)
        if getattr(why.__cause__, "sqlstate", "") == "53100":
            sentence = gettext("The disk is full: reading works, writing does not. Nothing that was kept is lost.")
            return problem(request, 507, gettext("No room left"), sentence)
        away = problem(
            request,
            503,
            gettext("Back in a moment"),
            gettext("The store does not answer just now. Nothing that was kept is lost."),
        )
        away["Retry-After"] = "5"
        return away
