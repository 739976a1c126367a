"""What an operator's programs ask: is this process there, can it work, how is it doing. No session, no cookie, no write."""

import os
from collections.abc import Callable
from datetime import UTC, datetime

import psycopg
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.crypto import constant_time_compare
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from bailiwick.vitals import metrics
from bailiwick.vitals.tables import PATIENCE, digest_there, migrations_digest
from bailiwick.vitals.trouble import AWAY, RETRY_AFTER


def alive(request: HttpRequest) -> HttpResponse:
    """This process answers. The store is not asked: a store that is away is no reason to end us."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


def ready(request: HttpRequest) -> HttpResponse:
    """200 where the store answers with the tables of this release, else 503 with what is missing and no more."""
    store = tables = False
    try:
        tables = digest_there(os.environ["DATABASE_URL"], PATIENCE) == migrations_digest()
        store = True
    except psycopg.Error:
        pass
    if store and tables:
        return JsonResponse({"store": True, "tables": True})
    return JsonResponse({"store": store, "tables": tables}, status=AWAY, headers={"Retry-After": RETRY_AFTER})


def told(request: HttpRequest) -> HttpResponse:
    """The metrics, for whoever bears the token of the settings; to everybody else there is nothing here."""
    asked = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not constant_time_compare(asked, f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse(status=404)
    return HttpResponse(metrics.written(datetime.now(UTC)), content_type=CONTENT_TYPE_PLAIN_0_0_4)


View = Callable[[HttpRequest], HttpResponse]


def only_asked(view: View) -> View:
    """Answered to GET and HEAD, kept by nobody."""

    def asked(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        response = view(request)
        response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    return asked


DOORS: dict[str, View] = {"/healthz": only_asked(alive), "/readyz": only_asked(ready), "/metrics": only_asked(told)}


def urlpatterns() -> list[URLPattern]:
    """The same doors as Django lists them. `vitals.passing` answers them first."""
    return [path(where[1:], view, name=where[1:]) for where, view in DOORS.items()]
