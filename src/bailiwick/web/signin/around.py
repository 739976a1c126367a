"""What every page of signing in has around it."""

import logging
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_bidi

log = logging.getLogger("bailiwick.signin")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def bare(request: HttpRequest) -> dict[str, Any]:
    """What a page without navigation needs around it."""
    token = get_token(request)
    return {
        "language": get_language() or "en",
        "direction": "rtl" if get_language_bidi() else "ltr",
        "csrf_token": token,
        "csrf_input": format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token),
        "messages": [],
        "sign_out_url": reverse("account_logout") if request.user.is_authenticated else "",
        "demo": settings.DEMO,
    }


class Bare:
    """A view of allauth's on a page without navigation."""

    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **bare(self.request)}  # type: ignore[misc]


class Doubted:
    """A view of allauth's at which somebody shows who they are. Where they do not, the log says so and nothing that was typed."""

    def form_invalid(self, form: Any) -> HttpResponse:
        log.warning("%s: not shown", type(self).__name__)
        return super().form_invalid(form)  # type: ignore[misc, no-any-return]


class StillOneself(Doubted):
    """Who has shown it once more goes on in a session with another key: one that somebody saw before does not rise with it."""

    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        self.request.session.cycle_key()  # type: ignore[attr-defined]
        return answer
