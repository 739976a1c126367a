"""`processes`: the ways to sell with their steps, and how open deals of one go on in another."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from bailiwick.kit import NotSeen, Refused
from bailiwick.kit.scope import READING
from bailiwick.pipeline import queries
from bailiwick.pipeline.models import Process
from bailiwick.pipeline.transferring import Pair, pairs, targets, transfer, transferable
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.forms import choice, said
from bailiwick.web.frame import SELLING


@page("processes", name="processes", roles=READING)
def show(asked: Asked) -> Shown:
    """Every process, those in force first, with its steps and the deals in sight that are open in it."""
    found = queries.sales_processes(asked.viewer, queries.opportunities(asked.viewer, today=asked.today, standing="undecided"))
    found.sort(key=lambda pair: pair[0].until is not None)
    return Shown("pages/processes.html", {"processes": [_listed(one, n, asked) for one, n in found]})


def _listed(process: Process, n: int, asked: Asked) -> dict[str, Any]:
    speech = asked.speech
    others = asked.viewer.sells and bool(targets(asked.viewer, process.pk)) and n > 0
    return {
        "name": process.name,
        "edition": gettext("edition %(n)s") % {"n": process.edition},
        "since": gettext("since %(day)s") % {"day": speech.day(process.since)},
        "until": gettext("until %(day)s") % {"day": speech.day(process.until)} if process.until else "",
        "open": ngettext("one open deal in sight", "%(n)s open deals in sight", n) % {"n": speech.number(n)},
        "steps": [(step.name, step.exit_criteria) for step in queries.steps(asked.viewer, process.pk)],
        "board": f"{reverse('board')}?process={process.pk}",
        "transfer": reverse("transfer", args=[process.pk]) if others else "",
    }


@page("processes/<uuid:which>/transfer", name="transfer", roles=SELLING, methods=("GET", "POST"))
def move_on(asked: Asked, which: UUID) -> Shown | Go:
    """The open deals that are the viewer's to move go on in another process, step by step as chosen."""
    process = queries.process(asked.viewer, which)
    there = targets(asked.viewer, which)
    to = next((one for one in there if one.pk == asked.id("to")), there[0] if there else None)
    if to is None:
        raise NotSeen
    rows = transferable(asked.viewer, which)
    found = pairs(asked.viewer, which, to.pk, rows)
    no: Refused | None = None
    if asked.posted:
        chosen = {pair.step.pk: step for pair in found if (step := asked.id(_name(pair))) is not None}
        done = tried(lambda: transfer(which, chosen, by=asked.actor, now=asked.now))
        if not isinstance(done, Refused):
            return Go(reverse("change", args=[done.pk]))
        no = done
    context = _form(asked, found, to) | {
        "process": process,
        "targets": [(str(one.pk), f"{one.name} {one.edition}") for one in there],
        "here": reverse("transfer", args=[which]),
        "refusal": said(no, asked.speech),
    }
    looked = frozenset(row.person_id for row in rows)
    return Shown("pages/transfer.html", context, status=422 if no else 200, looked_at=looked)


def _form(asked: Asked, found: Sequence[Pair], to: Process) -> dict[str, Any]:
    n = sum(pair.count for pair in found)
    steps = [(str(step.pk), step.name) for step in queries.steps(asked.viewer, to.pk)]
    return {
        "to": to,
        "sentence": ngettext("One open deal of it is yours to move.", "%(n)s open deals of it are yours to move.", n)
        % {"n": asked.speech.number(n)},
        "controls": [_control(pair, steps, asked) for pair in found],
        "any": n > 0,
        "back": reverse("processes"),
    }


def _name(pair: Pair) -> str:
    return f"step-{pair.step.place}"


def _control(pair: Pair, steps: list[tuple[str, str]], asked: Asked) -> Any:
    label = ngettext("%(step)s: one deal", "%(step)s: %(n)s deals", pair.count)
    value = asked.text(_name(pair), 40) if asked.posted else str(pair.like.pk)
    words = {"step": pair.step.name, "n": asked.speech.number(pair.count)}
    return choice(_name(pair), label % words, steps, value, "", required=True)
