"""Refusals and failures as pages: what was wrong, what to do, nothing lost."""

import logging
import sys
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, get_language_bidi, gettext, ngettext

from bailiwick.kit import NotAllowed, NotSeen, Refused, Speech, Stale, say
from bailiwick.vitals import metrics, trouble
from bailiwick.vitals.passing import reference_of

log = logging.getLogger("bailiwick.web")
STATUS: dict[type[Refused], int] = {NotSeen: 404, NotAllowed: 403, Stale: 409}


def status_of(no: Refused) -> int:
    """The HTTP status of a refusal; 422 for a rule's plain no."""
    return next((status for kind, status in STATUS.items() if isinstance(no, kind)), 422)


def refused_page(request: HttpRequest, no: Refused) -> HttpResponse:
    """A refusal that no form could show beside itself."""
    metrics.refused(no)
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


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Too many attempts lately from here, or for this login; allauth calls this too."""
    sentence, remedy = gettext("Too many attempts lately."), gettext("Try it again in a few minutes.")
    slowed = problem(request, 429, gettext("One moment"), sentence, remedy)
    slowed["Retry-After"] = "60"
    return slowed


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is too old or came from elsewhere; the log says which. What follows the dash in a reason may be an address."""
    log.warning("csrf: %s", reason.partition(" - ")[0])
    sentence = gettext("This form is too old, or it came from another site. Nothing was changed.")
    return problem(request, 403, gettext("That did not work"), sentence, gettext("Go back, load the page again and repeat it."))


def failed(request: HttpRequest) -> HttpResponse:
    """What no page caught: the store is away, there is no room, or it is a bug. Django calls this while it is being raised.

    Also outside of pages, in whatever stands around them. Nothing acknowledged is lost; the reference is in the log.
    """
    status, reference = trouble.noted(sys.exception()), reference_of(request)
    if status == trouble.FULL:
        sentence = gettext("The disk is full: reading works, writing does not. Nothing that was kept is lost.")
        return problem(request, status, gettext("No room left"), sentence, reference=reference)
    if status == trouble.AWAY:
        sentence = gettext("The store does not answer just now. Nothing that was kept is lost.")
        away = problem(request, status, gettext("Back in a moment"), sentence, reference=reference)
        away["Retry-After"] = trouble.RETRY_AFTER
        return away
    sentence = gettext("Something broke on our side. What you had saved before is safe.")
    return problem(request, status, gettext("That did not work"), sentence, gettext("Try it again in a minute."), reference)
