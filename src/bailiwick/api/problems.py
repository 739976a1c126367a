"""Refusals and failures as problem documents (RFC 9457): one table from what went wrong to status and words."""

import sys
import time
from collections.abc import Mapping
from decimal import InvalidOperation
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import get_language, gettext, ngettext
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from pydantic import BaseModel, Field

from bailiwick.kit import Invalid, NotAllowed, NotSeen, Problem, Refused, Sentence, Speech, Stale, say
from bailiwick.vitals import metrics, trouble
from bailiwick.vitals.passing import reference_of

MEDIA = "application/problem+json"


class WrongField(BaseModel):
    """What is wrong with one value."""

    field: str = Field(description="The property or parameter; empty for the whole.")
    sentence: str = Field(description="What is wrong, in the language of the person.")


class ProblemShown(BaseModel):
    """Why a request was refused (RFC 9457). Nothing was changed."""

    type: str = Field(description="Stable for programs: /problems/<code>.")
    title: str
    status: int = Field(ge=400, le=599)
    detail: str = Field(description="The rule that spoke, in the language of the person.")
    remedy: str = Field(description="What can be done about it; may be empty.")
    problems: list[WrongField] = Field(default=[], description="With `invalid`: what is wrong with which value.")
    stored: dict[str, Any] | None = Field(default=None, description="With `stale`: what is stored instead.")
    version: int | None = Field(default=None, description="With `stale`: the version that is stored.")
    instance: str | None = Field(
        default=None, description="From 500 on: the id of the request, which stands in the server's log."
    )


STATUS: dict[type[Refused], int] = {NotSeen: 404, NotAllowed: 403, Stale: 409}
TITLES: dict[int, Sentence] = {
    400: say("Not readable"),
    401: say("No token"),
    403: say("Not yours to do"),
    404: say("Nothing here"),
    405: say("Not this way"),
    409: say("Changed meanwhile"),
    413: say("Too large"),
    415: say("Not JSON"),
    422: say("That did not work"),
    429: say("One moment"),
    500: say("That did not work"),
    503: say("Back in a moment"),
    507: say("No room left"),
}
# What a page would put in words of its own.
REMEDIES = {"key_used": say("Use a new key for a new act.")}
# Code, what happened and what to do, by the status of whatever is no refusal of a rule.
FAILURES: dict[int, tuple[str, Sentence, Sentence]] = {
    400: ("unreadable", say("The request could not be read."), say("Send one JSON object in UTF-8.")),
    401: (
        "no_token",
        say("This needs a token that is still open."),
        say("Send it as: Authorization: Bearer bw_... You give yourself one in your settings."),
    ),
    405: ("method", say("This address does not know that method."), say("See /api/v1/openapi.json.")),
    413: ("too_large", say("This is larger than can be taken at once."), say("Send it in parts.")),
    415: ("not_json", say("A body is taken as application/json only."), say("Set the Content-Type header.")),
    422: ("too_large_number", say("That number is too large to be meant."), say("Check the numbers.")),
    429: (
        "too_fast",
        say("This token has asked too often in this minute."),
        say("Wait for the seconds of Retry-After; ask for more at once instead of more often."),
    ),
    500: (
        "failed",
        say("Something broke on our side. What you had saved before is safe."),
        say("Try it again in a minute, with the same Idempotency-Key."),
    ),
    503: (
        "store_away",
        say("The store does not answer just now. Nothing that was kept is lost."),
        say("Try it again in some seconds, with the same Idempotency-Key."),
    ),
    507: (
        "disk_full",
        say("The disk is full: reading works, writing does not. Nothing that was kept is lost."),
        say("Tell whoever runs the server."),
    ),
}
# Which failure an exception is that is the caller's and no refusal.
KINDS: dict[type[Exception], int] = {
    RequestDataTooBig: 413,
    UnreadablePostError: 400,
    DataError: 422,
    InvalidOperation: 422,
}
# What the library says of a value, in the words that a form uses for the same.
WRONG: dict[str, Sentence] = {
    "missing": say("This is needed here."),
    "extra_forbidden": say("There is no such property here."),
    "string_pattern_mismatch": say("This holds characters that cannot be kept (a null byte, for instance). Type it again."),
    "string_unicode": say("This holds characters that cannot be kept (a null byte, for instance). Type it again."),
    "literal_error": say("Choose one of the values offered."),
    "enum": say("Choose one of the values offered."),
}


def speech() -> Speech:
    """The language of the moment."""
    return Speech(get_language() or "en", "UTC", gettext, ngettext)


def status_of(no: Refused) -> int:
    """The HTTP status of a refusal; 422 for a rule's plain no. The same meaning as on a page."""
    return next((status for kind, status in STATUS.items() if isinstance(no, kind)), 422)


def refused(no: Refused) -> HttpResponse:
    """A refusal with what it carries: wrong values, or what is stored instead."""
    metrics.refused(no)
    extra: dict[str, Any] = {}
    if isinstance(no, Invalid):
        extra["problems"] = [WrongField(field=one.field, sentence=speech().say(one.sentence)) for one in no.problems]
    if isinstance(no, Stale):
        extra |= {"stored": no.stored, "version": no.version}
    return problem(status_of(no), no.code, no.sentence, REMEDIES.get(no.code, no.remedy), extra)


def failure(status: int, reference: str = "") -> HttpResponse:
    """What went wrong besides rules."""
    code, sentence, remedy = FAILURES[status] if status in FAILURES else FAILURES[400]
    return problem(status, code, sentence, remedy, {"instance": f"urn:bailiwick:{reference}" if reference else None})


def problem(
    status: int, code: str, sentence: Sentence, remedy: Sentence | None, extra: Mapping[str, Any] | None = None
) -> HttpResponse:
    """A problem document in the language of the moment."""
    words = speech()
    shown = ProblemShown(
        type=f"/problems/{code}",
        title=words.say(TITLES.get(status, TITLES[422])),
        status=status,
        detail=words.say(sentence),
        remedy=words.say(remedy),
        **(extra or {}),
    )
    text = shown.model_dump_json(exclude_defaults=True)
    response = HttpResponse(text, status=status, content_type=MEDIA)
    response["Content-Language"] = words.locale
    response["Cache-Control"] = "no-store"
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if status == 429:
        response["Retry-After"] = str(60 - int(time.time()) % 60)
    if status == 503:
        response["Retry-After"] = trouble.RETRY_AFTER
    return response


def absent(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """No such address: the same answer as for a thing out of sight."""
    return refused(NotSeen())


def not_this_way(allowed: str) -> HttpResponse:
    """The address is known, the method is not."""
    response = failure(405)
    response["Allow"] = allowed
    return response


def handle(api: NinjaAPI) -> None:
    """Every exception that an endpoint lets through becomes a problem document."""
    for kind in (Refused, ValidationError, HttpError, Http404, *KINDS, Exception):
        api.add_exception_handler(kind, _failed)


def _failed(request: HttpRequest, why: Any) -> HttpResponse:
    match why:
        case Refused():
            return refused(why)
        case ValidationError():
            return refused(Invalid([_wrong(one) for one in why.errors]))
        case Http404():
            return absent(request)
    if isinstance(why, HttpError):
        return failure(why.status_code)
    known = next((status for kind, status in KINDS.items() if isinstance(why, kind)), 0)
    return failure(known) if known else _broken(request, why)


def failed(request: HttpRequest) -> HttpResponse:
    """What broke outside of an endpoint; Django calls this while it is being raised."""
    return _broken(request, sys.exception())


def _broken(request: HttpRequest, why: BaseException | None) -> HttpResponse:
    """The store is away, there is no room, or it is a bug; the reference is in the log."""
    return failure(trouble.noted(why), reference_of(request))


def _wrong(error: Mapping[str, Any]) -> Problem:
    """One complaint of the library, as a form would say it."""
    place = [str(part) for part in error["loc"][1:] if part != "given"]
    told = error.get("ctx", {})
    match error["type"]:
        case "string_too_long":
            sentence = say("At most %(longest)s characters.", longest=told["max_length"])
        case "too_long":
            sentence = say("At most %(most)s of these at once.", most=told["max_length"])
        case "value_error":
            sentence = Sentence(told["error"])
        case kind:
            sentence = WRONG.get(kind, say("This cannot be taken as it is."))
    return Problem(".".join(place)[:120], sentence)
