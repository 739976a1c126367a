"""Around every request: its id, its line in the log, its place in the metrics; and the operator's doors before all else."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from bailiwick.vitals import metrics
from bailiwick.vitals.doors import DOORS
from bailiwick.vitals.log import REQUEST

log = logging.getLogger("bailiwick.answers")
HEADER = "X-Request-Id"
GIVEN = re.compile(r"[A-Za-z0-9._-]{1,64}")
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Passing:
    """Middleware, outermost. From here on the request bears its id in the header by which a proxy may have given it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Before host names are judged and https is asked for: a balancer asks by address and in the clear.
        if door := DOORS.get(request.path_info):
            return door(request)
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        which = given if GIVEN.fullmatch(given) else uuid.uuid4().hex[:16]
        request.META["HTTP_X_REQUEST_ID"] = which
        mark, begun = REQUEST.set(which), time.perf_counter()
        metrics.UNDER_WAY.inc()
        try:
            response = self.get_response(request)
            response[HEADER] = which
            _tell(request, response, time.perf_counter() - begun)
            return response
        finally:
            metrics.UNDER_WAY.dec()
            REQUEST.reset(mark)


def _tell(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    """The answer in the log and in the metrics. What a file of many rows takes after its first byte is not in it."""
    route, method, status = route_of(request), request.method or "", response.status_code
    method = method if method in METHODS else "other"
    metrics.REQUESTS.labels(route, method, f"{status // 100}xx").inc()
    metrics.DURATION.labels(route).observe(seconds)
    level = logging.ERROR if status >= 500 else logging.WARNING if status >= 400 else logging.INFO
    took = round(seconds * 1000, 1)
    facts = {"method": method, "route": route, "status": status, "duration_ms": took}
    log.log(level, "%s %s %s %s ms", method, route, status, took, extra=facts)


def route_of(request: HttpRequest) -> str:
    """The address as it is declared, without the ids and tokens in it; `static` for files, `none` for what is nowhere."""
    if request.resolver_match is not None:
        return "/" + request.resolver_match.route.lstrip("^")
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"


def reference_of(request: HttpRequest) -> str:
    """What a person can quote, and what stands in the log: the id of the request."""
    return str(request.META.get("HTTP_X_REQUEST_ID", ""))
