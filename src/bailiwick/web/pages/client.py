"""`client`: the own project's progress, appointments and next steps, and nothing internal."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django.utils.translation import gettext, ngettext

from bailiwick.desk.client import ClientProject, client_projects
from bailiwick.kit import Role
from bailiwick.performance.queries import today_of
from bailiwick.pipeline.fields import ACTIVITY_KIND
from bailiwick.web.asked import Asked, Shown
from bailiwick.web.door import page
from bailiwick.web.drawings import weeks


@page("client", name="client", roles=frozenset({Role.CLIENT}))
def show(asked: Asked) -> Shown:
    """The projects that are done for the viewer's organization."""
    day = today_of(asked.network, asked.today)
    found = client_projects(asked.viewer, day)
    context = {
        "heading": _heading(found, asked),
        "day": asked.speech.day(day),
        "projects": [_project(one, asked) for one in found],
    }
    return Shown("pages/client.html", context)


def _heading(found: Any, asked: Asked) -> str:
    if not found:
        return gettext("No project is done for you at present")
    held = sum(one.progress.held_this_month for one in found)
    if not held:
        return gettext("No appointment was held this month yet")
    return ngettext("%(n)s appointment was held this month", "%(n)s appointments were held this month", held) % {"n": held}


def _project(one: ClientProject, asked: Asked) -> dict[str, Any]:
    speech, moves = asked.speech, one.progress
    said = "; ".join(f"{speech.day(monday)}: {n}" for monday, n in moves.weeks)
    return {
        "name": one.name,
        "goal": one.goal,
        "figures": [
            (gettext("Appointments held"), speech.number(moves.held), gettext("%(n)s this month") % {"n": moves.held_this_month}),
            (gettext("Deals won"), speech.number(moves.won), gettext("since the project began")),
            (gettext("In progress"), speech.number(moves.open), gettext("open opportunities")),
        ],
        "chart": weeks(
            [(speech.weekday(monday), n) for monday, n in moves.weeks],
            name=f"weeks-{one.unit}",
            title=gettext("Appointments held by week"),
            description=said,
        ),
        "steps": [(name, speech.number(n)) for name, n in moves.steps],
        "appointments": _when(moves.appointments, asked),
        "next_steps": [(speech.say(dict(ACTIVITY_KIND.choices)[kind]), speech.number(n)) for kind, n in moves.next_steps],
        "last": speech.day(moves.last),
    }


def _when(appointments: Sequence[tuple[date, time | None]], asked: Asked) -> list[tuple[str, str]]:
    """Each day with the hours of its appointments, or with their number where an hour is open."""
    days: dict[date, list[time | None]] = {}
    for day, hour in appointments:
        days.setdefault(day, []).append(hour)
    return [
        (asked.speech.weekday(day), ", ".join(f"{hour:%H:%M}" for hour in hours if hour) if all(hours) else str(len(hours)))
        for day, hours in days.items()
    ]
