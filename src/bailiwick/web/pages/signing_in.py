"""`settings/sign-in`: one's own password, second factors and devices."""

from datetime import timedelta
from typing import Any, cast

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from bailiwick.kit import Invalid, Problem, Refused, Role, day_of, say, say_n
from bailiwick.network.commands import demand_factor
from bailiwick.network.commands.access import end_other_sessions, end_session
from bailiwick.network.models import Login, Session
from bailiwick.network.queries import digest_of, sessions
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page
from bailiwick.web.forms import choice
from bailiwick.web.signin.demanded import has_factor, how_many
from bailiwick.web.signin.factors import APP, CODES, PASSKEY, name_of

# What a director chooses, and in how many days it holds.
WHEN = (("fortnight", say("in two weeks"), 14), ("now", say("from now on"), 0), ("off", say("of nobody"), None))


@page("settings/sign-in", name="signing_in", methods=("GET", "POST"))
def show(asked: Asked) -> Shown | Go:
    """How one signs in, and where one is signed in; a post ends one of those sessions, or all but this one."""
    if asked.posted:
        return _end(asked)
    factors = list(Authenticator.objects.filter(user=_login(asked)).order_by("created_at"))
    codes: Any = next((one for one in factors if one.type == CODES), None)
    left = len(codes.wrap().get_unused_codes()) if codes else 0
    context = {
        "email": _login(asked).email,
        "app": next((asked.speech.instant(one.created_at) for one in factors if one.type == APP), ""),
        "passkeys": [_passkey(one, asked) for one in factors if one.type == PASSKEY],
        "codes": ngettext("One recovery code is left.", "%(n)s recovery codes are left.", left) % {"n": left} if codes else "",
        "few": left <= 2,
        "demand": _demand(asked) if Role.DIRECTOR in asked.viewer.roles else None,
        "sessions": [_session(one, asked) for one in sessions(_login(asked), asked.now)],
    }
    return Shown("pages/signing_in.html", context)


def _demand(asked: Asked) -> dict[str, Any]:
    """What the director asks of everybody, and how many have it."""
    since, (having, all_of_them) = asked.network.factor_from, how_many(asked.viewer, asked.now)
    when = asked.speech.day(day_of(since, asked.zone)) if since else ""
    return {
        "since": gettext("Asked for since %(day)s.") % {"day": when}
        if since and since <= asked.now
        else (gettext("Asked for from %(day)s on.") % {"day": when} if since else gettext("Nobody is asked for one.")),
        "have": ngettext("%(having)s of one login has one.", "%(having)s of %(n)s logins have one.", all_of_them)
        % {"having": having, "n": all_of_them},
        "field": choice(
            "factor_from", gettext("Ask for one"), [(key, asked.speech.say(word)) for key, word, _ in WHEN], "fortnight", ""
        ),
    }


@page("settings/sign-in/demanded", name="factor_demanded", roles=frozenset({Role.DIRECTOR}), methods=("POST",))
def demand(asked: Asked) -> Go:
    """Everybody who signs in here has a second factor from then on, or nobody has to."""
    chosen = next((one for one in WHEN if one[0] == asked.text("factor_from")), None)
    if chosen is None:
        raise Invalid([Problem("factor_from", say("Choose one of the values offered."))])
    days = chosen[2]
    if days is not None and not has_factor(asked.request):
        raise Refused(
            "no_factor",
            say("You have no second factor yourself: you would lock yourself out."),
            say("Set one up, then ask for it."),
        )
    demand_factor(None if days is None else asked.now + timedelta(days=days), by=asked.actor, now=asked.now)
    return Go(reverse("signing_in"), say("Nobody is asked for one.") if days is None else say("Everybody is asked for one."))


def _end(asked: Asked) -> Go:
    which, here = asked.text("session"), asked.request.session.session_key or ""
    if which == "others":
        n = end_other_sessions(_login(asked), but=here)
        said = say_n("One other device is signed out.", "%(n)s other devices are signed out.", n)
    else:
        end_session(_login(asked), which)
        said = say("That device is signed out.")
    return Go(reverse("signing_in"), said)


def _login(asked: Asked) -> Login:
    return cast(Login, asked.request.user)


def _passkey(one: Authenticator, asked: Asked) -> dict[str, Any]:
    return {
        "name": name_of(one),
        "used": asked.speech.instant(one.last_used_at),
        "rename": reverse("mfa_edit_webauthn", args=[one.pk]),
        "remove": reverse("mfa_remove_webauthn", args=[one.pk]),
    }


def _session(one: Session, asked: Asked) -> dict[str, Any]:
    return {
        "id": digest_of(one.pk),
        "device": one.device or gettext("an unknown program"),
        "begun": asked.speech.instant(one.begun),
        "seen": asked.speech.day(one.seen),
        "here": one.pk == asked.request.session.session_key,
    }
