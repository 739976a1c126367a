"""`opportunity`: one deal, what happened, and what can be done with it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.desk.opportunity import OpportunityCard, opportunity_card
from bailiwick.exchange.standing import kept_in, seen_there
from bailiwick.fields import take
from bailiwick.kit import Money, Refused, say
from bailiwick.kit.scope import READING
from bailiwick.pipeline import queries
from bailiwick.pipeline.commands import NewOpportunity, change_opportunity, open_opportunities
from bailiwick.pipeline.commands.sides import KEPT
from bailiwick.pipeline.fields import ACTIVITY, OPPORTUNITY, PROMISE
from bailiwick.territories.queries import account
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.exports import listed
from bailiwick.web.forms import conflict, controls, said
from bailiwick.web.frame import SELLING
from bailiwick.web.shapes import Act, Cell, Column, Row, entries, initials, money_of, standing_of
from bailiwick.web.todos import promise_todo, task_todo


@page("opportunities/<uuid:which>", name="opportunity", roles=READING)
def show(asked: Asked, which: UUID) -> Shown:
    """The card of a deal in sight."""
    card = opportunity_card(asked.viewer, which)
    deal, speech = card.deal, asked.speech
    here, kept = reverse("opportunity", args=[which]), kept_in("opportunity", deal, asked.viewer)
    context = {
        "card": card,
        "deal": deal,
        "there": seen_there("opportunity", deal.source, deal.source_id, asked.viewer),
        "kept": listed([asked.speech.say(KEPT[field]) for field in KEPT if field in kept], speech) if kept else "",
        "lines_kept": bool({"lines", "value"} & kept.keys()),
        "standing": standing_of(deal, asked.today, speech),
        "money": asked.viewer.sees_money,
        "value": speech.money(money_of(deal)) or gettext("no value stated"),
        "discount": speech.percent(card.discount, 1),
        "margin": speech.percent(card.margin, 1),
        "facts": _facts(card, asked),
        "acts": _acts(card, kept) if card.may_edit else [],
        "steps": _steps(card, kept, asked),
        "lines": _lines(card, asked),
        "todos": [promise_todo(one, asked, here) for one in card.promises] + [task_todo(one, asked, here) for one in card.tasks],
        "entries": entries(card.timeline, speech),
        "activity": controls(ACTIVITY, {"kind": "call"}, speech),
        "promise": controls(PROMISE, {}, speech),
        "initials": initials(deal.person.name),
        "log_url": reverse("opportunity_activity", args=[which]),
        "promise_url": reverse("opportunity_promise", args=[which]),
    }
    return Shown("pages/opportunity.html", context, looked_at=frozenset({deal.person_id}))


def _facts(card: OpportunityCard, asked: Asked) -> list[tuple[str, str]]:
    deal, speech = card.deal, asked.speech
    found = [
        (gettext("Expected close"), speech.day(deal.expected) or gettext("not stated")),
        (gettext("Entered"), speech.day(deal.entered) or gettext("not known")),
        (gettext("Unit"), deal.unit.name),
        (gettext("Where it came from"), deal.origin),
        (gettext("Decided"), speech.day(deal.decided)),
        (gettext("Why"), deal.reason),
    ]
    return [(label, text) for label, text in found if text]


def _acts(card: OpportunityCard, kept: Mapping[str, str]) -> list[Act]:
    which = [card.deal.pk]
    if card.deal.outcome != "open":
        return [] if "stage" in kept else [Act(gettext("Reopen"), reverse("reopen", args=which))]
    change = Act(gettext("Change"), reverse("opportunity_change", args=which), "get")
    if "stage" in kept:
        return [change]
    return [
        Act(gettext("Won"), reverse("win", args=which), first=True),
        Act(gettext("Lost"), reverse("lose", args=which), "get"),
        Act(gettext("Withdraw"), reverse("withdraw", args=which), "get"),
        change,
    ]


def _steps(card: OpportunityCard, kept: Mapping[str, str], asked: Asked) -> list[dict[str, Any]]:
    """Each step with the day it was last entered; the present one is marked, the others can be gone to."""
    entered = {stage.step_id: asked.speech.weekday(stage.entered) for stage in card.stages if stage.entered}
    return [
        {
            "name": step.name,
            "id": step.pk,
            "current": step.pk == card.deal.step_id,
            "entered": entered.get(step.pk, ""),
            "exit": step.exit_criteria,
            "open": card.may_edit and card.deal.outcome == "open" and "stage" not in kept and step.pk != card.deal.step_id,
        }
        for step in card.steps
    ]


def _lines(card: OpportunityCard, asked: Asked) -> dict[str, Any]:
    speech, currency = asked.speech, card.deal.currency
    columns = [
        Column("product", gettext("Product"), "title"),
        Column("quantity", gettext("Quantity"), "number"),
        Column("price", gettext("Price each"), "money"),
        Column("list", gettext("List price"), "money"),
    ]
    shown = len(columns) if asked.viewer.sees_money else 2
    rows = [
        Row([
            Cell(line.product.name),
            Cell(speech.number(line.quantity.normalize())),
            Cell(speech.money(Money(line.price, currency)) if line.price is not None else gettext("not stated")),
            Cell(speech.money(Money(line.price_version.list_price, currency)) if line.price_version else gettext("no list")),
        ])
        for line in card.lines
    ]  # fmt: skip
    return {"columns": columns[:shown], "rows": [Row(row.cells[:shown]) for row in rows]}


@page("opportunities/new", name="opportunity_new", roles=SELLING, methods=("GET", "POST"))
def new(asked: Asked) -> Shown | Go:
    """Open a deal, on the company in `account` if one is named."""
    company = account(asked.viewer, which) if (which := asked.id("account")) else None
    no: Refused | None = None
    if asked.posted:
        done = tried(lambda: _open(asked, company.pk if company else None))
        if not isinstance(done, Refused):
            return Go(reverse("opportunity", args=[done.pk]), say("%(deal)s is in your pipeline.", deal=done.title))
        no = done
    typed = asked.request.POST if asked.posted else {}
    return Shown(
        "pages/form.html",
        {
            "heading": gettext("A new opportunity"),
            "place": company.name if company else "",
            "action": asked.request.get_full_path(),
            "fields": controls(OPPORTUNITY, typed, asked.speech, no, asked.network.currency),
            "refusal": said(no, asked.speech),
            "cancel": reverse("account", args=[company.pk]) if company else reverse("pipeline"),
            "version": "",
            "conflict": None,
            "submit": gettext("Open it"),
        },
        status=422 if no else 200,
    )


def _open(asked: Asked, company: UUID | None) -> Any:
    values = take(OPPORTUNITY, asked.request.POST)
    currency = asked.network.currency if values["value"] is not None else ""
    return open_opportunities([NewOpportunity(account=company, currency=currency, **values)], by=asked.actor, now=asked.now)[0]


@page("opportunities/<uuid:which>/change", name="opportunity_change", roles=SELLING, methods=("GET", "POST"))
def change(asked: Asked, which: UUID) -> Shown | Go:
    """Restate a deal; a stale edit shows both versions."""
    deal = queries.opportunity(asked.viewer, which)
    no: Refused | None = None
    if asked.posted:
        done = tried(lambda: _change(asked, which))
        if not isinstance(done, Refused):
            return Go(reverse("opportunity", args=[which]), say("Saved."))
        no = done
    typed: Any = asked.request.POST if asked.posted else {field.short: getattr(deal, field.short) for field in OPPORTUNITY}
    clash = conflict(OPPORTUNITY, no, typed, asked.speech)
    return Shown(
        "pages/form.html",
        {
            "heading": deal.title,
            "place": deal.account.name if deal.account else "",
            "action": reverse("opportunity_change", args=[which]),
            "fields": controls(OPPORTUNITY, typed, asked.speech, no, deal.currency, kept_in("opportunity", deal, asked.viewer)),
            "refusal": said(no, asked.speech),
            "cancel": reverse("opportunity", args=[which]),
            "version": clash["version"] if clash else asked.whole("version") if asked.posted else deal.version,
            "conflict": clash,
            "submit": gettext("Save"),
        },
        status=409 if clash else 422 if no else 200,
        looked_at=frozenset({deal.person_id}),
    )


def _change(asked: Asked, which: UUID) -> Any:
    values = take(OPPORTUNITY, asked.request.POST)
    return change_opportunity(which, values=values, version=asked.whole("version"), by=asked.actor, now=asked.now)
