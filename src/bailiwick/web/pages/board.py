"""`board`: the deals in sight by step, to be moved by hand, by key or by finger."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from bailiwick.desk.board import Board, Card, Lane, board
from bailiwick.kit import Money
from bailiwick.kit.scope import READING
from bailiwick.lists import Chosen
from bailiwick.pipeline.lists import DEALS
from bailiwick.web.asked import Asked, Shown
from bailiwick.web.door import page
from bailiwick.web.lists import chosen_in, conditions_of, params, seen_by
from bailiwick.web.shapes import initials, money_of

OLD = 2  # twice the usual days in a step


@page("pipeline/board", name="board", roles=READING)
def show(asked: Asked) -> Shown:
    """The same question as the list of deals, laid out by step."""
    chosen, no = chosen_in(asked, DEALS, {"standing": "winnable", **params(asked)})
    found = board(chosen, seen_by(asked), asked.id("process"))
    here = asked.request.get_full_path()
    context = {
        "process": found.process,
        "processes": [(str(one.pk), _named(one, n, asked)) for one, n in found.processes],
        "lanes": [_lane(lane, found, chosen, here, asked) for lane in found.lanes],
        "filters": conditions_of(chosen, no, asked),
        "here": reverse("board"),
        "list_url": f"{reverse('pipeline')}?{chosen.query()}",
        "sells": asked.viewer.sells,
    }
    looked = frozenset(card.deal.person_id for lane in found.lanes for card in lane.cards)
    return Shown("pages/board.html", context, looked_at=looked)


def _named(process: Any, n: int, asked: Asked) -> str:
    words = {"process": process.name, "edition": process.edition, "n": asked.speech.number(n)}
    if process.until is None:
        return gettext("%(process)s, edition %(edition)s (%(n)s)") % words
    return gettext("%(process)s, edition %(edition)s, ended (%(n)s)") % words


def _lane(lane: Lane, of: Board, chosen: Chosen, here: str, asked: Asked) -> dict[str, Any]:
    speech, more = asked.speech, lane.count - len(lane.cards)
    totals = [speech.money(Money(amount, currency)) for amount, currency in lane.totals] if asked.viewer.sees_money else []
    return {
        "id": str(lane.step.pk),
        "name": lane.step.name,
        "exit": lane.step.exit_criteria,
        "count": speech.number(lane.count),
        "totals": totals,
        "cards": [_card(card, lane, of, here, asked) for card in lane.cards],
        "more": ngettext("one more in the list", "%(n)s more in the list", more) % {"n": speech.number(more)} if more > 0 else "",
        "more_url": f"{reverse('pipeline')}?{chosen.query(step=lane.step.name)}",
    }


def _card(card: Card, lane: Lane, of: Board, here: str, asked: Asked) -> dict[str, Any]:
    deal, speech = card.deal, asked.speech
    mine = DEALS.works_on(deal, asked.viewer)
    return {
        "title": deal.title,
        "url": reverse("opportunity", args=[deal.pk]),
        "account": deal.account.name if deal.account else "",
        "value": speech.money(money_of(deal)) if asked.viewer.sees_money else "",
        "who": deal.person.name,
        "initials": initials(deal.person.name),
        "expected": speech.weekday(deal.expected),
        "age": _age(card.since, asked.today),
        "old": _old(card.since, lane.step.usual_days, asked.today),
        "step_url": reverse("step", args=[deal.pk]) if mine else "",
        "to": [(str(one.step.pk), one.step.name) for one in of.lanes if one.step.pk != lane.step.pk] if mine else [],
        "next": here,
    }


def _age(since: date | None, today: date) -> str:
    if since is None:
        return ""
    days = (today - since).days
    return ngettext("one day here", "%(n)s days here", days) % {"n": days} if days > 0 else gettext("here since today")


def _old(since: date | None, usual: int | None, today: date) -> str:
    """Said where a deal stays in its step far beyond what is usual there."""
    if since is None or not usual or (today - since).days <= OLD * usual:
        return ""
    return gettext("usually %(n)s days") % {"n": usual}
