"""Addresses of the API. Whatever is below /api/ answers in JSON, also what does not exist."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.csrf import csrf_exempt

from bailiwick.api.contract import PREFIX, api, contract
from bailiwick.api.problems import absent, not_this_way


@cache
def _document() -> str:
    return json.dumps(contract())


@csrf_exempt
def openapi(request: HttpRequest) -> HttpResponse:
    """The contract, for everybody."""
    if request.method != "GET":
        return not_this_way("GET")
    return HttpResponse(_document(), content_type="application/json; charset=utf-8")


def urlpatterns() -> list[URLPattern | URLResolver]:
    """The contract, every declared endpoint, and the answer for everything else below /api/."""
    below = [_spoken(pattern) for pattern in api().urls[0] if isinstance(pattern, URLPattern) and pattern.name != "api-root"]
    return [
        path(f"{PREFIX}openapi.json", openapi, name="openapi"),
        path(PREFIX, (below, "api", "api")),
        re_path(r"^api(/|$)", csrf_exempt(absent), name="api_absent"),
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

    return csrf_exempt(asked)
