"""A person's own dates as an iCalendar feed, at an address that is the key to them and to nothing else.

Calendars ask without signing in, so that the address opens it: a token of scope `dates`, kept as a hash, revoked like any other.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from bailiwick.desk.dates import Dates, own_dates
from bailiwick.kit import day_of
from bailiwick.network.commands.access import stamp_token
from bailiwick.network.queries import oneself, scope_of, token_of_dates
from bailiwick.pipeline.fields import ACTIVITY_KIND
from bailiwick.tenancy.within import within
from bailiwick.web.asked import speech_of

if TYPE_CHECKING:
    from icalendar import Event

LASTS = timedelta(minutes=30)
KINDS = dict(ACTIVITY_KIND.choices)


@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The dates of whoever gave the address; what opens nothing is not there, and nobody learns why."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    now = datetime.now(UTC)
    found = token_of_dates(token, now)
    if found is None:
        return HttpResponse(status=404)
    stamp_token(found, now)
    access = found.access
    with within(access.network_id):
        viewer = scope_of(access.network_id, access.person, now)
        zone = viewer.home.zone if viewer.home else access.network.zone
        language = oneself(viewer).language or access.network.language
        with translation.override(language):
            text = calendar(own_dates(viewer, day_of(now, zone)), zone, language, now)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="bailiwick.ics"'
    return response


def calendar(dates: Dates, zone: str, language: str, now: datetime) -> bytes:
    """The dates as a calendar; each has the same id in every feed, so that it is moved and not doubled."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//Bailiwick//Dates//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", gettext("Bailiwick"))
    made.add("refresh-interval;value=duration", "PT1H")
    for event in (*_tasks(dates, zone, language, now), *_promises(dates, now), *_closing(dates, now)):
        made.add_component(event)
    written: bytes = made.to_ical()
    return written


def _tasks(dates: Dates, zone: str, language: str, now: datetime) -> Iterator["Event"]:
    speech = speech_of(language, zone)
    for task in dates.tasks:
        what = task.text or (task.opportunity.title if task.opportunity else "")
        title = f"{speech.say(KINDS[task.kind])}: {what}" if what else speech.say(KINDS[task.kind])
        with_whom = [task.account.name if task.account else "", task.contact.name if task.contact else ""]
        yield _event(task.pk, title, task.due, now, at=task.due_time, zone=zone, notes=with_whom)


def _promises(dates: Dates, now: datetime) -> Iterator["Event"]:
    for one in dates.promises:
        title = gettext("Promised: %(what)s") % {"what": one.text}
        yield _event(one.pk, title, one.due, now, notes=[one.account.name if one.account else ""])


def _closing(dates: Dates, now: datetime) -> Iterator["Event"]:
    for deal in dates.closing:
        title = gettext("Expected close: %(deal)s") % {"deal": deal.title}
        yield _event(deal.pk, title, deal.expected, now, notes=[deal.account.name if deal.account else "", deal.step.name])


def _event(
    which: UUID, title: str, day: date | None, now: datetime, *, at: time | None = None, zone: str = "", notes: Iterable[str] = ()
) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{which}@bailiwick")
    event.add("dtstamp", now)
    event.add("summary", title)
    if at is None:
        event.add("dtstart", day)
    else:
        begins = datetime.combine(day or now.date(), at, ZoneInfo(zone)).astimezone(UTC)
        event.add("dtstart", begins)
        event.add("dtend", begins + LASTS)
    if told := ", ".join(note for note in notes if note):
        event.add("description", told)
    event.add("transp", "TRANSPARENT" if at is None else "OPAQUE")
    return event


def urlpatterns() -> list[URLPattern]:
    """The address of feeds."""
    return [path("dates/<slug:token>.ics", feed, name="dates")]
