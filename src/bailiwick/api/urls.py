"""Addresses of the API. Whatever is below /api/ answers in JSON, also what does not exist."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.csrf import csrf_exempt

from bailiwick.api.contract import PREFIX, api, contract
from bailiwick.api.problems import absent, not_this_way, refused
from bailiwick.kit import NotAllowed, say

IN_THE_CLEAR = NotAllowed(
    say("This is asked over https only."), say("Ask over https, and give yourself another token: this one was sent in the clear.")
)


@cache
def _document() -> str:
    return json.dumps(contract())


def openapi(request: HttpRequest) -> HttpResponse:
    """The contract, for everybody."""
    if request.method != "GET":
        return not_this_way("GET")
    return HttpResponse(_document(), content_type="application/json; charset=utf-8")


def urlpatterns() -> list[URLPattern | URLResolver]:
    """The contract, every declared endpoint, and the answer for everything else below /api/."""
    below = [_spoken(pattern) for pattern in api().urls[0] if isinstance(pattern, URLPattern) and pattern.name != "api-root"]
    return [
        path(f"{PREFIX}openapi.json", csrf_exempt(_over_https(openapi)), name="openapi"),
        path(PREFIX, (below, "api", "api")),
        re_path(r"^api(/|$)", csrf_exempt(_over_https(absent)), name="api_absent"),
    ]


def is_below(request: HttpRequest) -> bool:
    """Whether the address is one of the API's."""
    return f"{request.path_info}/".startswith("/api/")


def _spoken(pattern: URLPattern) -> URLPattern:
    return URLPattern(pattern.pattern, _in_json(pattern.callback), pattern.default_args, pattern.name)


def _in_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The library answers a wrong method in plain text: here it is a problem document like every other."""

    def asked(request: HttpRequest, **parts: Any) -> HttpResponse:
        response = view(request, **parts)
        return not_this_way(response["Allow"]) if response.status_code == 405 else response

    return csrf_exempt(_over_https(asked))


def _over_https(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A program that was only sent on to https would give its token away at every call and never notice: it is refused."""

    def asked(request: HttpRequest, *place: Any, **parts: Any) -> HttpResponse:
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return refused(IN_THE_CLEAR)
        return view(request, *place, **parts)

    return asked
