"""`leaving`: one page with everything that a person holds, who gets it, what would happen, and then the act."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from bailiwick.desk.leaving import Leaving, leaving, per_receiver, shares
from bailiwick.kit import Invalid, Problem, Refused, Sentence, say, say_n
from bailiwick.ledger.asking import Held
from bailiwick.network.commands import leave
from bailiwick.web.asked import Asked, Go, Shown
from bailiwick.web.door import page, tried
from bailiwick.web.forms import choice, problem_of, said
from bailiwick.web.pages.people import WHO

ONE_BY_ONE = 150  # of each kind: a form has at most 1000 fields, what lies beyond goes with its kind
MANY = 60


@page("people/<uuid:who>/leaving", name="leaving", roles=WHO, methods=("GET", "POST"))
def show(asked: Asked, who: UUID) -> Shown | Go:
    """Everything the person holds with a choice for each kind and each thing; POST records that they leave."""
    of = leaving(asked.actor, who)
    if not asked.posted:
        return _form(asked, of, None)
    done = tried(lambda: leave(person=who, shares=shares(of, *_chosen(asked, of)), by=asked.actor, now=asked.now))
    if isinstance(done, Refused):
        return _form(asked, of, done)
    told = say_n(
        "%(name)s has left; one thing was handed over.",
        "%(name)s has left; %(n)s things were handed over.",
        done,
        name=of.person.name,
    )
    return Go(reverse("people"), told)


@page("people/<uuid:who>/leaving/preview", name="leaving_preview", roles=WHO, methods=("GET", "POST"))
def preview(asked: Asked, who: UUID) -> Shown | Go:
    """This would happen; nothing has yet."""
    if not asked.posted:
        return Go(reverse("leaving", args=[who]))
    of = leaving(asked.actor, who)
    if asked.text("change"):
        return _form(asked, of, None)
    no = tried(lambda: _complete(asked, of))
    if isinstance(no, Refused):
        return _form(asked, of, no)
    whole, single = _chosen(asked, of)
    speech, shared = asked.speech, shares(of, whole, single)
    context = {
        "who": of.person,
        "gets": [
            {"name": member.name, "what": [*_gets(asked, of, counts), *_programs(of, member.person, shared)]}
            for member, counts in per_receiver(of, shared)
        ],
        "managed": [{"name": one.name, "acting": speech.say(one.acting)} for one in of.managed],
        "hidden": [(f"all-{kind}", str(to)) for kind, to in whole.items()]
        + [(f"to-{thing}", str(to)) for thing, to in single.items()],
        "back": reverse("leaving", args=[who]),
    }
    return Shown("pages/leaving_preview.html", context, looked_at=frozenset({who}))


def _gets(asked: Asked, of: Leaving, counts: Mapping[str, int]) -> list[str]:
    return [asked.speech.say(number(kind, counts[kind])) for kind in of.held if counts[kind] and kind != "program"]


def _programs(of: Leaving, receiver: UUID, shared: Mapping[UUID, UUID]) -> list[str]:
    """Service accounts are few and told by name: whoever gets one should know which."""
    mine = [one for one in of.held.get("program", ()) if shared.get(one.id) == receiver]
    return [gettext("answers for the service account %(name)s") % {"name": one.label} for one in mine]


def _chosen(asked: Asked, of: Leaving) -> tuple[dict[str, UUID], dict[UUID, UUID]]:
    """The choice for each kind (its own, else that for everything), and those for single things that differ from it."""
    receivers = {member.person for member in of.receivers}
    whole = {kind: to for kind in of.held if (to := asked.id(f"all-{kind}") or asked.id("all")) in receivers}
    single = {
        thing.id: to
        for kind, things in of.held.items()
        for thing in things
        if (to := asked.id(f"to-{thing.id}")) in receivers and to != whole.get(kind)
    }
    return whole, single


def _complete(asked: Asked, of: Leaving) -> None:
    """Everything has somebody, and every managed unit too. Raises `Invalid`, or the rule about units."""
    shared = shares(of, *_chosen(asked, of))
    left = {kind: sum(thing.id not in shared for thing in things) for kind, things in of.held.items()}
    problems = [
        Problem(f"all-{kind}", say("Nobody was chosen for %(what)s.", what=number(kind, n))) for kind, n in left.items() if n
    ]
    if problems:
        raise Invalid(problems)
    orphan = next((one for one in of.managed if one.acting is None), None)
    if orphan is not None:
        remedy = say("Appoint its next manager first.")
        raise Refused("nobody_above", say("Nobody above could answer for %(unit)s.", unit=orphan.name), remedy)


def _form(asked: Asked, of: Leaving, no: Refused | None) -> Shown:
    speech = asked.speech
    problems = no.problems if isinstance(no, Invalid) else ()
    context = {
        "who": of.person,
        "things": len(of.things),
        "all": choice("all", gettext("Everything not chosen below goes to"), _options(of), asked.text("all"), "", required=False),
        "kinds": list(_kinds(asked, of, no)),
        "managed": [{"name": one.name, "acting": speech.say(one.acting)} for one in of.managed],
        "nobody": not of.receivers,
        "refusal": said(no, speech),
        "problems": [
            {"name": one.field, "label": gettext("Still open"), "problem": speech.say(one.sentence)} for one in problems
        ],
    }
    return Shown("pages/leaving.html", context, status=422 if no else 200, looked_at=frozenset({of.person.pk}))


def _kinds(asked: Asked, of: Leaving, no: Refused | None) -> Iterator[dict[str, Any]]:
    """Each kind: the choice for all of it, and a choice for each thing."""
    everybody = _options(of)
    near = everybody if len(everybody) <= MANY else [pair for pair in everybody if UUID(pair[0]) in of.near]
    for kind, things in of.held.items():
        name, listed = f"all-{kind}", things[:ONE_BY_ONE]
        label = asked.speech.say(say("%(what)s to", what=number(kind, len(things))))
        wrong = problem_of(no, name, asked.speech)
        more = len(things) - len(listed)
        rest = ngettext("One more goes with the choice above.", "%(n)s more go with the choice above.", more) % {"n": more}
        yield {
            "all": choice(name, label[:1].upper() + label[1:], everybody, asked.text(name), "", problem=wrong),
            "things": [_thing(asked, thing, near) for thing in listed],
            "open": any(asked.text(f"to-{thing.id}") for thing in listed),
            "more": rest if more else "",
        }


def _options(of: Leaving) -> list[tuple[str, str]]:
    """The receivers with their units, as two people may have one name."""
    return [
        (str(member.person), ", ".join(part for part in (member.name, of.places.get(member.unit)) if part))
        for member in of.receivers
    ]


def _thing(asked: Asked, thing: Held, options: Sequence[tuple[str, str]]) -> dict[str, Any]:
    name = f"to-{thing.id}"
    return {
        "name": name,
        "label": thing.label,
        "note": asked.speech.say(thing.note),
        "options": options,
        "value": asked.text(name),
    }


WORDS: Mapping[str, Sentence] = {
    "account": say_n("one account", "%(n)s accounts", 1),
    "opportunity": say_n("one open opportunity", "%(n)s open opportunities", 1),
    "task": say_n("one task", "%(n)s tasks", 1),
    "promise": say_n("one promise", "%(n)s promises", 1),
    "program": say_n("one service account", "%(n)s service accounts", 1),
    "lead": say_n("one lead", "%(n)s leads", 1),
}


def number(kind: str, n: int) -> Sentence:
    """`12 accounts`, in words that translate."""
    return replace(WORDS.get(kind, say_n("one thing", "%(n)s things", 1)), places={"n": n}, n=n)
