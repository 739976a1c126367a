"""Declared fields as controls of a form: label, reason and readers come from the declaration, never from a template."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from bailiwick.fields import Field, Kind
from bailiwick.fields.typed import as_typed
from bailiwick.kit import Invalid, Problem, Refused, Role, Speech, Stale, say

ROLES = {
    Role.DIRECTOR: say("the director"),
    Role.MANAGER: say("your manager"),
    Role.SELLER: say("sellers of the unit"),
    Role.PARTNER_SELLER: say("sellers of the partner"),
    Role.PARTNER_ADMIN: say("the partner's admin"),
    Role.STEWARD: say("the steward"),
}


@dataclass(frozen=True)
class Control:
    """One field as the form macro prints it."""

    name: str
    label: str
    kind: str
    value: Any
    required: bool
    purpose: str = ""
    readers: str = ""
    problem: str = ""
    choices: Sequence[tuple[str, str]] = ()
    autocomplete: str = "off"
    unit: str = ""
    kept: str = ""


def controls(
    fields: Iterable[Field],
    values: Mapping[str, Any],
    speech: Speech,
    no: Refused | None = None,
    unit: str = "",
    kept: Mapping[str, str] = MappingProxyType({}),
) -> list[Control]:
    """The controls of `fields` with what is stored or was typed, and what `no` says is wrong with it.

    Those that are `kept` in a source are shown and cannot be typed into; the commands hold it at every door.
    """
    wrong = {problem.field: speech.say(problem.sentence) for problem in no.problems} if isinstance(no, Invalid) else {}
    return [
        Control(
            name=field.short,
            label=speech.say(field.label),
            kind=field.kind,
            value=as_typed(field, values.get(field.short)),
            required=field.required,
            purpose=speech.say(field.purpose),
            readers=_readers(field, speech),
            problem=wrong.get(field.short, ""),
            choices=[(value, speech.say(label)) for value, label in field.choices],
            unit=unit if field.kind is Kind.MONEY else "",
            kept=speech.say(say("kept in %(source)s", source=kept[field.short])) if field.short in kept else "",
        )
        for field in fields
    ]


def choice(
    name: str, label: str, options: Sequence[tuple[str, str]], value: Any, purpose: str, required: bool = True, problem: str = ""
) -> Control:
    """A control that chooses a thing (a unit, a person) rather than typing a value."""
    return Control(name, label, "choice", "" if value is None else str(value), required, purpose, "", problem, options)


def _readers(field: Field, speech: Speech) -> str:
    names = [speech.say(ROLES[role]) for role in field.readers if role in ROLES]
    return speech.say(say("read by %(readers)s", readers=", ".join(names))) if names else ""


def said(no: Refused | None, speech: Speech) -> dict[str, str] | None:
    """A refusal beside a form: its sentence and remedy; None where each field says its own."""
    if no is None or isinstance(no, Invalid | Stale):
        return None
    return {"sentence": speech.say(no.sentence), "remedy": speech.say(no.remedy)}


def conflict(fields: Sequence[Field], no: Refused | None, typed: Mapping[str, Any], speech: Speech) -> dict[str, Any] | None:
    """Both versions of a stale edit, in the order of the fields; None where nothing was stale."""
    if not isinstance(no, Stale):
        return None
    shown = [field for field in fields if field.short in no.stored]
    return {
        "theirs": [{"label": speech.say(f.label), "value": as_typed(f, no.stored[f.short]) or ""} for f in shown],
        "yours": [{"label": speech.say(f.label), "value": typed.get(f.short, "")} for f in shown],
        "version": no.version,
    }


def problem_of(no: Any, name: str, speech: Speech) -> str:
    """What an `Invalid` says about one name."""
    problems: Sequence[Problem] = no.problems if isinstance(no, Invalid) else ()
    return next((speech.say(problem.sentence) for problem in problems if problem.field == name), "")
