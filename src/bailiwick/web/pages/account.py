"""`account`: one company, who calls on it, and what hangs on it."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.desk.account import AccountCard, account_card
from bailiwick.exchange.standing import kept_in, seen_there
from bailiwick.fields import take
from bailiwick.kit import Refused, say
from bailiwick.kit.scope import READING
from bailiwick.offer.queries import sales_lines
from bailiwick.pipeline.commands.sides import own_side
from bailiwick.pipeline.fields import ACTIVITY, PROMISE
from bailiwick.territories import queries
from bailiwick.territories.commands import add_contacts, change_account, erase_contact, hold, release
from bailiwick.territories.fields import ACCOUNT, CONTACT
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.forms import conflict, controls, said
from bailiwick.web.frame import SELLING
from bailiwick.web.shapes import Cell, Column, Row, entries, money_of, standing_of
from bailiwick.web.todos import promise_todo, task_todo


@page("accounts/<uuid:which>", name="account", roles=READING)
def show(asked: Asked, which: UUID) -> Shown:
    """The card of a company in sight."""
    card = account_card(asked.viewer, which, asked.today)
    here, speech = reverse("account", args=[which]), asked.speech
    facts = [(speech.say(field.label), getattr(card.account, field.short)) for field in ACCOUNT[1:]]
    context = {
        "account": card.account,
        "facts": [(label, text) for label, text in facts if text],
        "there": seen_there("account", card.account.source, card.account.source_id, asked.viewer),
        "last": speech.day(card.account.last_contact),
        "callers": _callers(card, asked),
        "contacts": card.contacts,
        "deals": _deals(card, asked),
        "todos": [promise_todo(one, asked, here) for one in card.promises] + [task_todo(one, asked, here) for one in card.tasks],
        "entries": entries(card.timeline, speech),
        "sells": asked.viewer.sells,
        "activity": controls(ACTIVITY, {"kind": "call"}, speech),
        "promise": controls(PROMISE, {}, speech),
        "log_url": reverse("account_activity", args=[which]),
        "promise_url": reverse("account_promise", args=[which]),
    }
    shown: tuple[Any, ...] = (*card.deals, *card.tasks, *card.promises, *card.holdings)
    return Shown("pages/account.html", context, looked_at=frozenset(one.person_id for one in shown if one.person_id))


def _callers(card: AccountCard, asked: Asked) -> list[dict[str, Any]]:
    """For each sales line who calls, whether the viewer may release it, and whether it could be claimed."""
    held = {one.line_id: one for one in card.holdings}
    found = []
    for line in sales_lines(asked.viewer):
        one = held.get(line.pk)
        mine = one is not None and asked.viewer.may_edit(unit=one.unit_id, person=one.person_id, organization=one.organization_id)
        who = _who(one, card, asked) if one else gettext("nobody that you can see")
        found.append({"line": line, "who": who, "release": mine, "claim": one is None and asked.viewer.sells})
    return found


def _who(one: Any, card: AccountCard, asked: Asked) -> str:
    if one.contested:
        return gettext("contested: nobody holds it until it is settled")
    name = asked.speech.say(card.names.get(one.person_id, say("somebody")))
    return asked.speech.say(say("%(name)s, since %(day)s", name=name, day=asked.speech.local_day(one.since)))


def _deals(card: AccountCard, asked: Asked) -> dict[str, Any]:
    speech = asked.speech
    columns = [
        Column("title", gettext("Opportunity"), "title"),
        Column("standing", gettext("Standing"), "state"),
        Column("value", gettext("Value"), "money"),
    ]
    sums, rows = asked.viewer.sees_money, []
    for deal in card.deals:
        state = standing_of(deal, asked.today, speech)
        title = Cell(deal.title, reverse("opportunity", args=[deal.pk]), note=deal.person.name)
        cells = [title, Cell(state.word, state=state.kind), Cell(speech.money(money_of(deal)))]
        rows.append(Row(cells if sums else cells[:-1]))
    return {"columns": columns if sums else columns[:-1], "rows": rows}


@page("accounts/<uuid:which>/change", name="account_change", roles=SELLING, methods=("GET", "POST"))
def change(asked: Asked, which: UUID) -> Shown | Go:
    """Change the card; a stale edit shows both versions."""
    account = queries.account(asked.viewer, which)
    no: Refused | None = None
    if asked.posted:
        done = tried(lambda: _change(asked, which))
        if not isinstance(done, Refused):
            return Go(reverse("account", args=[which]), say("Saved."))
        no = done
    typed: Any = asked.request.POST if asked.posted else {field.short: getattr(account, field.short) for field in ACCOUNT}
    clash = conflict(ACCOUNT, no, typed, asked.speech)
    context = {
        "heading": account.name,
        "place": "",
        "action": reverse("account_change", args=[which]),
        "fields": controls(ACCOUNT, typed, asked.speech, no, kept=kept_in("account", account, asked.viewer)),
        "refusal": said(no, asked.speech),
        "cancel": reverse("account", args=[which]),
        "version": clash["version"] if clash else asked.whole("version") if asked.posted else account.version,
        "conflict": clash,
        "submit": gettext("Save"),
    }
    return Shown("pages/form.html", context, status=409 if clash else 422 if no else 200)


def _change(asked: Asked, which: UUID) -> Any:
    values = take(ACCOUNT, asked.request.POST)
    return change_account(which, values=values, version=asked.whole("version"), by=asked.actor, now=asked.now)


@page("accounts/<uuid:which>/contacts", name="contact_new", roles=SELLING, methods=("GET", "POST"))
def contact(asked: Asked, which: UUID) -> Shown | Go:
    """Enter somebody at the company."""
    account = queries.account(asked.viewer, which)
    no: Refused | None = None
    if asked.posted:
        done = tried(lambda: _add_contact(asked, which))
        if not isinstance(done, Refused):
            return Go(reverse("account", args=[which]), say("%(name)s is on the card.", name=done[0].name))
        no = done
    context = {
        "heading": gettext("A new contact"),
        "place": account.name,
        "action": reverse("contact_new", args=[which]),
        "fields": controls(CONTACT, asked.request.POST if asked.posted else {}, asked.speech, no),
        "refusal": said(no, asked.speech),
        "cancel": reverse("account", args=[which]),
        "version": "",
        "conflict": None,
        "submit": gettext("Enter"),
    }
    return Shown("pages/form.html", context, status=422 if no else 200)


def _add_contact(asked: Asked, which: UUID) -> Any:
    values = take(CONTACT, asked.request.POST)
    return add_contacts(which, [values], whose=own_side(asked.actor), by=asked.actor, now=asked.now)


@page("contacts/<uuid:which>/erase", name="contact_erase", roles=SELLING, methods=("POST",))
def contact_erased(asked: Asked, which: UUID) -> Go:
    """The contact asked to be forgotten."""
    account = erase_contact(which, by=asked.actor, now=asked.now)
    return Go(reverse("account", args=[account]), say("The contact is erased; what was done stays without the name."))


@page("accounts/<uuid:which>/holding", name="hold", roles=SELLING, methods=("POST",))
def held(asked: Asked, which: UUID) -> Go:
    """Claim the company in a sales line, or release it."""
    line = asked.id("line")
    if line is None:
        return Go(reverse("account", args=[which]))
    if asked.text("act") == "release":
        release(which, line=line, by=asked.actor, now=asked.now)
        return Go(reverse("account", args=[which]), say("Released: others may call there now."))
    hold([which], line=line, whose=own_side(asked.actor), by=asked.actor, now=asked.now)
    return Go(reverse("account", args=[which]), say("You are the one caller there now."))
