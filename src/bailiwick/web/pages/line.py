"""The one line: shown as understood, then kept, once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from bailiwick.fields import take
from bailiwick.kit import day_of, say
from bailiwick.ledger.once import once
from bailiwick.pipeline.commands import keep_line
from bailiwick.pipeline.fields import ONE_LINE
from bailiwick.pipeline.queries import read_line
from bailiwick.pipeline.rules.line import Understood
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page
from bailiwick.web.frame import SELLING

OFFLINE_FOR = timedelta(days=14)


@page("line/preview", name="line_preview", roles=SELLING, methods=("POST",))
def preview(asked: Asked) -> HttpResponse:
    """The chips alone: how the line would be understood. Nothing is kept."""
    text = asked.text("line", ONE_LINE.longest)
    chips = _chips(_read(text, asked), asked) if text.strip() else []
    return render(asked.request, "fragments/chips.html", {"chips": chips})


@page("line", name="line", roles=SELLING, methods=("POST",))
def keep(asked: Asked) -> Shown | Go | HttpResponse:
    """Keep the line. A form without script first shows what was understood; sent twice it is kept once."""
    text = str(take([ONE_LINE], {"text": asked.text("line", 4000)})["text"])
    understood, key = _read(text, asked), asked.text("key", 100)
    by_script = "Idempotency-Key" in asked.request.headers
    if not by_script and not asked.text("confirmed"):
        context = {"line": text, "key": key, "chips": _chips(understood, asked), "written": asked.text("written_at")}
        return Shown("pages/line.html", context)
    once(key, text, lambda: str(keep_line(understood, by=asked.actor, now=asked.now).activity), by=asked.actor, now=asked.now)
    if by_script:
        return HttpResponse(status=204)
    return Go(reverse("my_day"), say("Kept: %(line)s", line=text))


def _read(text: str, asked: Asked) -> Understood:
    day = _written(asked)
    speech = asked.speech
    line = read_line(asked.viewer, text, today=day, language=speech.locale, currency=asked.network.currency)
    return replace(line, when=line.when or day) if line.done else line


def _written(asked: Asked) -> date:
    """The day on which the line was written: one sent after a tunnel belongs to the day of the tunnel."""
    try:
        written = datetime.fromisoformat(asked.text("written_at", 40))
    except ValueError:
        return asked.today
    written = written if written.tzinfo else written.replace(tzinfo=UTC)
    return day_of(written, asked.zone) if asked.now - OFFLINE_FOR < written <= asked.now else asked.today


def _chips(line: Understood, asked: Asked) -> list[str]:
    return [asked.speech.say(chip) for chip in line.chips]
