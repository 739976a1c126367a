"""`settings`: a person's own language, look and quiet hours, tokens of the API, and which network to work in."""

from datetime import time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings as config
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.fields import take
from bailiwick.hooks.rules.sites import site_of
from bailiwick.kit import Invalid, NotSeen, Problem, Refused, say
from bailiwick.kit.scope import DEALING, SELLING
from bailiwick.network import queries
from bailiwick.network.commands import devices, end_mail_address, give_token, prefer, renew_mail_address, revoke_token
from bailiwick.network.fields import SETTINGS, TOKEN
from bailiwick.network.models import ApiToken, Person, PushDevice
from bailiwick.notices.pushing import is_device, public_key
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.forms import choice, controls, said
from bailiwick.web.frame import frame
from bailiwick.web.token_lines import token_line


@page("settings", name="settings", methods=("GET", "POST"))
def show(asked: Asked) -> Shown | Go:
    """The person's own settings."""
    if not asked.posted:
        return Shown("pages/settings.html", _context(asked))
    done = tried(lambda: _keep(asked))
    if isinstance(done, Refused):
        return Shown("pages/settings.html", _context(asked, no=done), status=422)
    return Go(reverse("settings"), say("Kept."))


def _keep(asked: Asked) -> None:
    values = take(SETTINGS, asked.request.POST)
    quiet = [values["quiet_from"], values["quiet_until"]]
    if any(quiet) and not all(quiet):
        missing = "quiet_until" if quiet[0] else "quiet_from"
        raise Invalid([Problem(missing, say("Quiet hours have a beginning and an end."))])
    values |= {
        "quiet_from": time.fromisoformat(quiet[0]) if quiet[0] else None,
        "quiet_until": time.fromisoformat(quiet[1]) if quiet[1] else None,
        "theme": "" if values["theme"] == "auto" else values["theme"],
    }
    prefer(values, by=asked.actor)


def _stored(person: Person, asked: Asked) -> dict[str, Any]:
    return {
        "language": person.language or asked.network.language,
        "theme": person.theme or "auto",
        "digest": person.digest,
        "remind_tasks": person.remind_tasks,
        "remind_promises": person.remind_promises,
        "quiet_from": f"{person.quiet_from:%H:%M}" if person.quiet_from else "",
        "quiet_until": f"{person.quiet_until:%H:%M}" if person.quiet_until else "",
    }


def _context(
    asked: Asked, no: Refused | None = None, token: Refused | None = None, text: str = "", mail: str = ""
) -> dict[str, Any]:
    """Everything on the page; a refused form keeps what was typed in it."""
    typed: Any = asked.request.POST
    accesses = queries.open_accesses(asked.request.user.pk, asked.now)  # type: ignore[arg-type]
    networks = [(str(access.network_id), access.network.name) for access in accesses]
    return {
        "settings": controls(SETTINGS, typed if no else _stored(asked.person, asked), asked.speech, no),
        "token_fields": controls(TOKEN, typed if token else {"scope": "read", "days": "90"}, asked.speech, token),
        "token_refusal": said(token, asked.speech),
        "tokens": [
            token_line(one, reverse("token_revoke", args=[one.pk]), asked.speech)
            for one in queries.tokens(asked.viewer, asked.now)
        ],
        "text": text,
        "hooks_url": reverse("hooks") if asked.viewer.roles & DEALING else "",
        "feed": asked.request.build_absolute_uri(reverse("dates", args=[text]))
        if text and asked.text("scope") == "dates"
        else "",
        "push_key": public_key(config.SECRET_KEY),
        "told_here": queries.told_here(asked.request.session.session_key or ""),
        "mail": _mail(asked, mail),
        "zone": asked.zone,
        "email": asked.request.user.email,  # type: ignore[union-attr]
        "network": choice("network", gettext("Network"), networks, asked.network.pk, "") if len(networks) > 1 else None,
    }


def _mail(asked: Asked, text: str) -> dict[str, Any] | None:
    """The person's own address for mail: its text once, then only since when it is; None where no host takes mail for us."""
    if not config.MAIL_IN or not asked.viewer.sells:
        return None
    there = queries.mail_token(asked.viewer, asked.now)
    return {
        "address": f"log+{text}@{config.MAIL_IN}" if text else "",
        "since": asked.speech.instant(there.created) if there else "",
        "used": asked.speech.instant(there.used) if there else "",
    }


@page("settings/tokens", name="tokens", methods=("GET", "POST"))
def give(asked: Asked) -> Shown | Go | HttpResponse:
    """A new token; its text is in this one answer and nowhere else, hence no redirect and no store on the way."""
    if not asked.posted:
        return Go(reverse("settings"))
    done = tried(lambda: _give(asked))
    if isinstance(done, Refused):
        return Shown("pages/settings.html", _context(asked, token=done), status=422)
    answer = render(asked.request, "pages/settings.html", frame(asked, "settings") | _context(asked, text=done[1]))
    answer["Cache-Control"] = "no-store"
    return answer


def _give(asked: Asked) -> tuple[ApiToken, str]:
    values = take(TOKEN, asked.request.POST)
    days = int(values["days"])
    until = asked.now + timedelta(days=days) if days else None
    return give_token(label=values["label"], scope=values["scope"], until=until, by=asked.actor, now=asked.now)


@page("settings/tokens/<uuid:which>/revoke", name="token_revoke", methods=("POST",))
def revoke(asked: Asked, which: UUID) -> Go:
    """The token opens nothing from now on."""
    revoke_token(which, by=asked.actor, now=asked.now)
    return Go(reverse("settings"), say("Revoked; it opens nothing from now on."))


@page("settings/device", name="device", methods=("POST",))
def device(asked: Asked) -> Go:
    """This browser shows messages by itself, or, without an address, no more."""
    session, address = asked.request.session.session_key or "", asked.text("address", PushDevice.LONGEST + 1)
    if not address:
        devices.show_no_more(session)
        return Go(reverse("settings"), say("This device shows nothing by itself any more."))
    key, auth, site = asked.text("key"), asked.text("auth"), site_of(address)
    if site is None or len(address) > PushDevice.LONGEST or not is_device(key, auth):
        raise Refused("no_device", say("What the browser gave is not an address for messages."), say("Try it again."))
    devices.show_on(session, address=address, key=key, auth=auth, now=asked.now)
    return Go(reverse("settings"), say("This device shows your messages by itself from now on."))


@page("settings/network", name="network", methods=("POST",))
def network(asked: Asked) -> Go:
    """Work in another network that the login may open."""
    chosen = asked.id("network")
    if chosen is None or queries.access_of(asked.request.user.pk, asked.now, chosen) is None:  # type: ignore[arg-type]
        raise NotSeen
    asked.request.session["network"] = str(chosen)
    return Go("/")


@page("settings/mail", name="mail_address", roles=SELLING, methods=("GET", "POST"))
def mail(asked: Asked) -> Shown | Go | HttpResponse:
    """A new address for mail, in this one answer and nowhere else; the one from before takes nothing any more."""
    if not asked.posted:
        return Go(reverse("settings"))
    if not config.MAIL_IN:
        raise NotSeen
    text = renew_mail_address(by=asked.actor, now=asked.now)
    return Shown("pages/settings.html", _context(asked, mail=text), once=True)


@page("settings/mail/end", name="mail_address_end", roles=SELLING, methods=("POST",))
def mail_end(asked: Asked) -> Go:
    """The address takes no mail from now on."""
    end_mail_address(by=asked.actor, now=asked.now)
    return Go(reverse("settings"), say("The address takes no mail any more."))
