"""How hooks and their deliveries stand, in words."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext

from bailiwick.hooks.models import Delivery, Hook
from bailiwick.hooks.queries import HookSeen
from bailiwick.hooks.rules.kinds import TEST
from bailiwick.kit import Sentence, Speech, say, say_n
from bailiwick.web.asked import Asked
from bailiwick.web.shapes import Act, State, Todo

WHY_OFF: Mapping[str, Sentence] = {
    Hook.Why.PERSON: say("off"),
    Hook.Why.GONE: say("off: gone"),
    Hook.Why.FAILING: say("off: failed"),
    Hook.Why.ACCESS: say("off: no access"),
}
TROUBLE: Mapping[str, Sentence] = {
    "no_address": say("the name leads to no address that may be called"),
    "unreachable": say("nobody takes the connection"),
    "tls": say("the certificate is not good"),
    "silent": say("no answer in time"),
    "no_http": say("what answered is no web server"),
    "unseen": say("it was out of your sight by then"),
}


def state_of(seen: HookSeen, speech: Speech) -> State:
    """Whether a hook tells, fails or is off."""
    hook = seen.hook
    if hook.off:
        return State("none" if hook.why_off == Hook.Why.PERSON else "off", speech.say(WHY_OFF[hook.why_off]))
    if hook.failing:
        return State("watch", gettext("fails"))
    return State("good", gettext("on"))


def since(seen: HookSeen, speech: Speech) -> str:
    """Since when a hook stands as it does, and how much is on its way."""
    hook = seen.hook
    told = say("since %(when)s", when=hook.off or hook.failing) if hook.off or hook.failing else None
    waits = say_n("one event on its way", "%(n)s events on their way", seen.waiting) if seen.waiting else None
    return ", ".join(speech.say(one) for one in (told, waits) if one)


def delivery_of(row: Delivery, asked: Asked, *, again: bool) -> Todo:
    """One event on its way: where it stands, what was answered, when it is tried next; `again`: it can be told again."""
    speech = asked.speech
    answered = say("answered %(status)s", status=str(row.status)) if row.status else TROUBLE.get(row.trouble)
    tries = say_n("one attempt", "%(n)s attempts", row.attempts) if row.attempts else None
    note = [speech.instant(row.tried or row.made), speech.say(tries), speech.say(answered), row.message]
    act = Act(gettext("Tell again"), reverse("delivery_replay", args=[row.hook_id, row.pk]))
    title = gettext("test") if row.kind == TEST else row.kind
    return Todo(title, _stands(row, speech), note=" · ".join(one for one in note if one), acts=[act] if again else [])


def _stands(row: Delivery, speech: Speech) -> State:
    if row.delivered:
        return State("good", gettext("delivered"))
    if row.due and row.attempts:
        return State("watch", speech.say(say("tried again at %(when)s", when=row.due)))
    if row.due:
        return State("none", gettext("waits"))
    return State("none", gettext("not told")) if row.trouble == "unseen" else State("off", gettext("given up"))
