"""From what was typed to a value: the one reading of text for page, API and import."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bailiwick.fields.definition import Field, Kind
from bailiwick.kit import Invalid, Problem, Sentence, say

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LARGEST = Decimal("1e13")
FINEST = 12  # decimals; the store keeps four


class Unreadable(ValueError):
    """The text is no value of the field's kind; carries the sentence for the person."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def take(fields: Iterable[Field], typed: Mapping[str, Any], partial: bool = False) -> dict[str, Any]:
    """The values of `fields` by short name; with `partial` only those present in `typed`.

    Raises `Invalid` with one problem per field; what was typed is the caller's to show again.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for field in fields:
        if partial and field.short not in typed:
            continue
        try:
            values[field.short] = read(field, typed.get(field.short))
        except Unreadable as why:
            problems.append(Problem(field.short, why.sentence))
    if problems:
        raise Invalid(problems)
    return values


def read(field: Field, typed: Any) -> Any:
    """The value of one field; None where nothing was typed and nothing is required."""
    text = typed.strip() if isinstance(typed, str) else typed
    if field.kind is Kind.CHECK:
        return text in (True, "on", "true", "1", "yes")
    if text is None or text == "":
        if field.required:
            raise Unreadable(say("%(field)s is needed here.", field=field.label))
        return "" if field.kind in TEXTS else None
    value = READERS[field.kind](field, text)
    wrong = field.check(value) if field.check else None
    if wrong:
        raise Unreadable(wrong)
    return value


def as_typed(field: Field, value: Any) -> Any:
    """A stored value as it would be typed; what was typed stays as it was."""
    if isinstance(value, Decimal):
        value = value * 100 if field.kind is Kind.PERCENT else value
        return f"{value.normalize():f}"
    return value.isoformat() if isinstance(value, date) else value


def _text(field: Field, typed: Any) -> str:
    text = str(typed)
    if CONTROL.search(text):
        raise Unreadable(say("This holds characters that cannot be kept (a null byte, for instance). Type it again."))
    if len(text) > field.longest:
        raise Unreadable(say("At most %(longest)s characters; this is %(length)s.", longest=field.longest, length=len(text)))
    return text if field.kind is Kind.AREA else " ".join(text.split())


def _email(field: Field, typed: Any) -> str:
    text = _text(field, typed)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", text):
        raise Unreadable(say("An e-mail address looks like name@company.com."))
    return text


def _phone(field: Field, typed: Any) -> str:
    text = _text(field, typed)
    if not re.fullmatch(r"[+()\d][\d\s()./-]{2,}", text):
        raise Unreadable(say("A telephone number holds digits, blanks and + ( ) - / only."))
    return text


def _day(field: Field, typed: Any) -> date:
    if isinstance(typed, date):
        return typed
    try:
        day = date.fromisoformat(str(typed))
    except ValueError:
        raise Unreadable(say("A day looks like 2026-11-27.")) from None
    if not 1900 <= day.year <= 2200:
        raise Unreadable(say("The year %(year)s is hardly meant.", year=str(day.year)))
    return day


def _number(field: Field, typed: Any) -> Decimal:
    """`84000`, `84 000.50`, `84,000.50`, `84.000,50`; one mark followed by three digits groups thousands."""
    text = re.sub(r"[\s'\u00a0\u202f]", "", str(typed)).removesuffix("%")
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?", text) and field.kind is not Kind.PERCENT:
        text = text.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    else:
        text = text.replace(",", ".")
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise Unreadable(say("A number looks like 84000 or 84000.50.")) from None
    if not value.is_finite() or abs(value) >= LARGEST:
        raise Unreadable(say("That number is too large to be meant."))
    if int(value.as_tuple().exponent) < -FINEST:
        raise Unreadable(say("A number looks like 84000 or 84000.50."))
    return value


def _percent(field: Field, typed: Any) -> Decimal:
    return _number(field, typed) / 100


def _choice(field: Field, typed: Any) -> str:
    if typed not in dict(field.choices):
        raise Unreadable(say("Choose one of the values offered."))
    return str(typed)


TEXTS = frozenset({Kind.TEXT, Kind.AREA, Kind.EMAIL, Kind.PHONE, Kind.CHOICE})
READERS = {
    Kind.TEXT: _text,
    Kind.AREA: _text,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.DAY: _day,
    Kind.MONEY: _number,
    Kind.NUMBER: _number,
    Kind.PERCENT: _percent,
    Kind.CHOICE: _choice,
}
