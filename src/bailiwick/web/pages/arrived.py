"""`arrived`: mails and invitations that came for the person: kept as activities with one tap, changed first, or thrown away."""

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.fields import take
from bailiwick.kit import Refused, Sentence, say, say_n
from bailiwick.ledger.once import once
from bailiwick.network.queries import mail_token
from bailiwick.pipeline import arrived
from bailiwick.pipeline.arrived import Arrived
from bailiwick.pipeline.commands import TakenIn, keep_arrival, take_in, throw_away
from bailiwick.pipeline.fields import ACTIVITY
from bailiwick.web.arrivals import about, arrival_todo, with_whom
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.forms import choice, controls, said
from bailiwick.web.frame import SELLING
from bailiwick.web.jinja import address
from bailiwick.web.uploads import given

MOST_FILES = 20


@page("arrived", name="arrived", roles=SELLING, methods=("GET", "POST"))
def show(asked: Asked) -> Shown | Go:
    """What waits, and a form for files; POST gives files, each of which is taken or refused by itself."""
    no: Refused | None = None
    if asked.posted:
        done = tried(lambda: _give(asked))
        if not isinstance(done, Refused):
            return done  # type: ignore[no-any-return]
        no = done
    here, rows = reverse("arrived"), arrived.arrivals(asked.viewer)
    context = {
        "items": [arrival_todo(one, asked, here) for one in rows],
        "more": arrived.how_many(asked.viewer) - len(rows),
        "refusal": said(no, asked.speech),
        "has_address": mail_token(asked.viewer, asked.now) is not None,
    }
    return Shown("pages/arrived.html", context, status=422 if no else 200)


def _give(asked: Asked) -> Go:
    files = given(asked.request, "files")
    if len(files) > MOST_FILES:
        raise Refused(
            "too_many_files", say("At most %(most)s files are read at once.", most=MOST_FILES), say("Give the others afterwards.")
        )
    if not files:
        raise Refused("no_files", say("No file was chosen."), say("Choose mails saved as .eml or invitations saved as .ics."))
    done, refused = TakenIn(), []
    for file in files:
        one = tried(partial(take_in, file.content, language=asked.speech.locale, by=asked.actor, now=asked.now))
        if isinstance(one, Refused):
            refused.append(one)
        else:
            done = TakenIn([*done.new, *one.new], done.known + one.known, done.withdrawn + one.withdrawn)
    if len(refused) == len(files):
        raise refused[0]
    return Go(reverse("arrived"), _came(done, len(refused)), "watch" if refused else "good")


def _came(done: TakenIn, refused: int) -> Sentence:
    if refused:
        return say("%(n)s read, %(refused)s could not be.", n=len(done.new), refused=refused)
    if done.new:
        return say_n("One thing arrived.", "%(n)s things arrived.", len(done.new))
    if done.withdrawn:
        return say("Called off: it is not proposed any more.")
    if done.known:
        return say("That was here before.")
    return say("Nothing in it is to be proposed.")


@page("arrivals/<uuid:which>/keep", name="arrival_keep", roles=SELLING, methods=("POST",))
def keep(asked: Asked, which: UUID) -> Go:
    """One tap: it is an activity, as proposed. A second tap changes nothing."""
    _once(asked, which, {})
    return Go(_back(asked), say("Kept."))


def _once(asked: Asked, which: UUID, values: dict[str, Any]) -> None:
    once(
        f"arrival {which}",
        str(which),
        lambda: str(keep_arrival(which, values=values, by=asked.actor, now=asked.now).pk),
        by=asked.actor,
        now=asked.now,
    )


@page("arrivals/<uuid:which>/throw", name="arrival_throw", roles=SELLING, methods=("POST",))
def throw(asked: Asked, which: UUID) -> Go:
    """Nothing of it is kept."""
    throw_away(which, by=asked.actor)
    return Go(_back(asked), say("Thrown away."))


def _back(asked: Asked) -> str:
    there = reverse("my_day")
    return there if asked.text("next") == there else reverse("arrived")


@page("arrivals/<uuid:which>", name="arrival", roles=SELLING, methods=("GET", "POST"))
def change(asked: Asked, which: UUID) -> Shown | Go:
    """What it is, whom it concerns and in which words, before it is kept."""
    no: Refused | None = None
    if asked.posted:
        done = tried(lambda: _once(asked, which, _values(asked)))
        if not isinstance(done, Refused):
            return Go(reverse("arrived"), say("Kept."))
        no = done
    return Shown("pages/arrival.html", _context(asked, arrived.arrival(asked.viewer, which), no), status=422 if no else 200)


def _values(asked: Asked) -> dict[str, Any]:
    values = take(ACTIVITY, asked.request.POST)
    return {**values, "account": asked.id("account"), "opportunity": asked.id("opportunity")}


def _context(asked: Asked, of: Arrived, no: Refused | None) -> dict[str, Any]:
    stored = {"kind": of.row.kind, "text": of.row.text, "due": of.row.due}
    accounts, deals = arrived.choices(asked.viewer, asked.text("q", 200), of)
    account = asked.text("account", 40) if asked.posted else of.account and of.account.pk
    deal = asked.text("opportunity", 40) if asked.posted else of.opportunity and of.opportunity.pk
    typed = controls(ACTIVITY, asked.request.POST if no else stored, asked.speech, no)
    names = {"due": gettext("Next step on")} if of.row.day else {}
    none = [("", gettext("none"))]
    named = [(str(one.pk), f"{one.title} · {one.account.name}" if one.account else one.title) for one in deals]
    return {
        "title": about(of),
        "who": with_whom(of, asked.speech),
        "action": address("arrival", of.row.pk, q=asked.text("q", 200)),
        "here": reverse("arrival", args=[of.row.pk]),
        "q": asked.text("q", 200),
        "fields": [
            choice("account", gettext("Company"), none + [(str(one.pk), one.name) for one in accounts], account or "", "", False),
            choice("opportunity", gettext("Opportunity"), none + named, deal or "", "", False),
            *(replace(one, label=names.get(one.name, one.label)) for one in typed),
        ],
        "refusal": said(no, asked.speech),
        "throw": reverse("arrival_throw", args=[of.row.pk]),
        "cancel": reverse("arrived"),
        "done": asked.speech.day(of.row.day) if of.row.day else "",
    }
