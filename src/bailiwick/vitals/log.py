"""How the log speaks: a line for people or a JSON object a line, of which request, and what it keeps to itself.

It never holds a query, an address that opens something, or the words of an exception: they may be what somebody typed.
"""

import copy
import json
import logging
import os
import re
import traceback
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

OPENING = re.compile(r"(/welcome/|/dates/|/password/reset/key/)[^\s\"'?#]+")
# The id of the request under way; empty outside one.
REQUEST: ContextVar[str] = ContextVar("request", default="")
# What the line of an answer says besides its words.
OF_AN_ANSWER = ("method", "route", "status", "duration_ms")


class Discreet(logging.Filter):
    """Leaves the opening part out of a line, whoever wrote it."""

    def filter(self, record: logging.LogRecord) -> bool:
        told = record.getMessage()
        if OPENING.search(told):
            record.msg, record.args = OPENING.sub(r"\1...", told), ()
        return True


class Line(logging.Formatter):
    """For people: time, level, logger, what happened, and the request in brackets."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        own = copy.copy(record)
        own.exc_text = None  # another formatter may have left the words of the exception there
        return super().format(own)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging calls it so
        told, request = " ".join(super().formatMessage(record).split()), REQUEST.get()
        return f"{told} [{request}]" if request else told

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging calls it so
        return trace(ei)


class Json(logging.Formatter):
    """For programs: one object a line; what a line does not know is left out of it."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        told |= {"request": REQUEST.get()} if REQUEST.get() else {}
        told |= {name: getattr(record, name) for name in OF_AN_ANSWER if hasattr(record, name)}
        told |= {"exception": trace(record.exc_info)} if record.exc_info and record.exc_info[1] else {}
        return json.dumps(told, ensure_ascii=False)


def trace(raised: tuple[type[BaseException] | None, BaseException | None, TracebackType | None]) -> str:
    """An exception as its kind and the places it came through, what it followed from first. Not in its own words.

    >>> trace((KeyError, KeyError("Ann Berg"), None))
    'KeyError'
    """
    parts: list[str] = []
    why, known = raised[1], set[int]()
    while why is not None and id(why) not in known:
        known.add(id(why))
        places = "".join(traceback.format_tb(why.__traceback__))
        parts.insert(0, f"{places}{type(why).__qualname__}")
        why = why.__cause__ or (None if why.__suppress_context__ else why.__context__)
    return "\nwhich led to\n".join(parts)


def formatter() -> logging.Formatter:
    """How this installation wants its log."""
    return Json() if os.environ.get("BAILIWICK_LOG_FORMAT") == "json" else Line()


def logging_of(environ: Mapping[str, str]) -> dict[str, Any]:
    """The log of a process: everything on standard error. Answers are told by `vitals.passing`, and not by Django,
    which names the whole address."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "bailiwick.vitals.log.formatter"}},
        "filters": {"discreet": {"()": "bailiwick.vitals.log.Discreet"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["discreet"]}},
        "loggers": {name: {"level": "CRITICAL"} for name in ("django.request", "django.security.csrf")},
        "root": {"handlers": ["console"], "level": environ.get("BAILIWICK_LOG", "WARNING")},
    }
