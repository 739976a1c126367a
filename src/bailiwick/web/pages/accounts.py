"""`accounts`: companies in sight, found by the beginnings of their words; and a new one."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.fields import take
from bailiwick.kit import Refused, say
from bailiwick.kit.scope import READING
from bailiwick.ledger import asking
from bailiwick.pipeline.commands.sides import own_side
from bailiwick.territories import queries
from bailiwick.territories.commands import add_accounts
from bailiwick.territories.fields import ACCOUNT
from bailiwick.territories.models import Account
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.forms import controls, said
from bailiwick.web.frame import SELLING
from bailiwick.web.jinja import address
from bailiwick.web.shapes import Cell, Column, Row


@page("accounts", name="accounts", roles=READING)
def show(asked: Asked) -> Shown:
    """One keyset table by name; beside it, who in the own team calls on which company."""
    text, mine = asked.text("q", 100), asked.text("held") == "me"
    held_by = asked.viewer.person if mine else None
    found = queries.account_page(asked.viewer, text=text, held_by=held_by, cursor=asked.text("at"))
    kept = {"q": text, "held": "me" if mine else ""}
    context = {
        "columns": [
            Column("name", gettext("Company"), "title"),
            Column("city", gettext("City")),
            Column("holder", gettext("Who calls")),
            Column("contact", gettext("Last contact"), "day"),
        ],
        "rows": _rows(found.rows, asked),
        "next_url": address("accounts", **kept, at=found.next) if found.next else "",
        "previous_url": address("accounts", **kept, at=found.previous) if found.previous else "",
        "team": _team(asked, text),
        "q": text,
        "mine": mine,
        "sells": asked.viewer.sells,
    }
    return Shown("pages/accounts.html", context)


def _rows(accounts: Any, asked: Asked) -> list[Row]:
    holdings = queries.holders(asked.viewer, [account.pk for account in accounts])
    names = asking.names({one.person_id for one in holdings if one.person_id}, asked.viewer)
    callers: dict[Any, list[str]] = {}
    for one in holdings:
        who = gettext("contested") if one.contested else asked.speech.say(names.get(one.person_id or one.pk, say("somebody")))
        if who not in callers.setdefault(one.account_id, []):
            callers[one.account_id].append(who)
    return [_row(account, ", ".join(callers.get(account.pk, [])), asked) for account in accounts]


def _row(account: Account, callers: str, asked: Asked) -> Row:
    return Row([
        Cell(account.name, reverse("account", args=[account.pk]), note=account.website),
        Cell(account.city),
        Cell(callers or gettext("nobody")),
        Cell(asked.speech.day(account.last_contact)),
    ])  # fmt: skip


def _team(asked: Asked, text: str) -> list[dict[str, str]]:
    """Names and holders of companies of the own team, which everybody in it may know."""
    if not text:
        return []
    holdings = [one for one in queries.team_holdings(asked.viewer, text=text) if one.person_id != asked.viewer.person]
    names = asking.names({one.person_id for one in holdings if one.person_id}, asked.viewer)
    return [
        {
            "account": one.account.name,
            "holder": asked.speech.say(names.get(one.person_id or one.pk, say("contested"))),
            "line": one.line.name,
        }
        for one in holdings
    ]


@page("accounts/new", name="account_new", roles=SELLING, methods=("GET", "POST"))
def new(asked: Asked) -> Shown | Go:
    """Enter a company; one that is there already is refused with the way to it."""
    no: Refused | None = None
    if asked.posted:
        done = tried(lambda: _add(asked))
        if not isinstance(done, Refused):
            return Go(reverse("account", args=[done.pk]), say("%(name)s is entered.", name=done.name))
        no = done
    typed = asked.request.POST if asked.posted else {"name": asked.text("name")}
    context = {
        "heading": gettext("A new company"),
        "place": "",
        "action": reverse("account_new"),
        "fields": controls(ACCOUNT, typed, asked.speech, no),
        "refusal": said(no, asked.speech),
        "cancel": reverse("accounts"),
        "version": "",
        "conflict": None,
        "submit": gettext("Enter it"),
    }
    return Shown("pages/form.html", context, status=422 if no else 200)


def _add(asked: Asked) -> Account:
    values = take(ACCOUNT, asked.request.POST)
    return add_accounts([values], whose=own_side(asked.actor), by=asked.actor, now=asked.now)[0]
