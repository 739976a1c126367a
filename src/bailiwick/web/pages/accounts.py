"""`accounts`: companies in sight, found by the beginnings of their words; and a new one."""

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
from bailiwick.territories.lists import ACCOUNTS, CONTACTS
from bailiwick.territories.models import Account
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.forms import controls, said
from bailiwick.web.frame import SELLING
from bailiwick.web.jinja import address
from bailiwick.web.lists import as_list, chosen_in


@page("accounts", name="accounts", roles=READING)
def show(asked: Asked) -> Shown:
    """Companies in sight by name; beside them, who in the own team calls on which company."""
    chosen, no = chosen_in(asked, ACCOUNTS)
    shown, looked = as_list(asked, ACCOUNTS, chosen, no)
    text, sells = asked.text("q", 100), asked.viewer.sells
    new = address("account_new", name=text)
    context = {
        "list": shown,
        "sentence": gettext("One company, one caller per sales line."),
        "buttons": [
            *([(gettext("New company"), new, True)] if sells else []),
            (gettext("Contacts"), reverse("contacts"), False),
        ],
        "empty": {
            "sentence": gettext("No company fits."),
            "act_label": gettext("Enter it") if sells else "",
            "act_url": new if sells else "",
            "note": gettext("You see companies that you or people you manage hold, or had a deal with."),
        },
        "team": _team(asked, text),
    }
    return Shown("pages/accounts.html", context, looked_at=looked)


@page("contacts", name="contacts", roles=READING)
def contacts(asked: Asked) -> Shown:
    """People at the companies in sight, by name."""
    chosen, no = chosen_in(asked, CONTACTS)
    shown, looked = as_list(asked, CONTACTS, chosen, no)
    context = {
        "list": shown,
        "sentence": gettext("People at the companies that you see."),
        "buttons": [(gettext("Companies"), reverse("accounts"), False)],
        "empty": {
            "sentence": gettext("Nobody fits."),
            "act_label": "",
            "act_url": "",
            "note": gettext("A contact is entered on the card of the company."),
        },
    }
    return Shown("pages/list.html", context, looked_at=looked)


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
