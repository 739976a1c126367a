"""From the text of a cell to a value of its target, or the reason why it is none. Nothing is cut and nothing is guessed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bailiwick.exchange.rules.mapping import Column
from bailiwick.exchange.rules.rehearsing.keys import domain, is_email, kept
from bailiwick.exchange.rules.targets import Shape, Target
from bailiwick.exchange.rules.values.amounts import amount_of, beyond, check_of, percent_of
from bailiwick.exchange.rules.values.blanks import is_blank
from bailiwick.exchange.rules.values.currencies import CODES, SIGNS
from bailiwick.exchange.rules.values.days import day_of
from bailiwick.fields.definition import NAMES_LONGEST, Kind
from bailiwick.fields.typed import CONTROL, FINEST, LARGEST, Unreadable, read
from bailiwick.kit import Sentence, say
from bailiwick.pipeline.fields import DISCOUNT, QUANTITY

SHOWN = 60
YEARS = range(1900, 2201)
# What the pages refuse; and halves of characters, which no store keeps.
UNKEPT = re.compile(CONTROL.pattern.removesuffix("]") + "\ud800-\udfff]")
# Half of a name may be half as long as a whole one.
HALF = NAMES_LONGEST // 2 - 1
LONGEST = {"product.code": 60, "product.family": 120} | {
    f"{kind}.{half}": HALF for kind in ("person", "contact", "lead") for half in ("first_name", "last_name")
}
TOO_LARGE = say("%(column)s: %(cell)s is too large to be meant.")
UNSIGNED = frozenset(
    (
        "opportunity.value",
        "opportunity.amount",
        "opportunity.quantity",
        "line.price",
        "line.amount",
        "line.cost",
        "product.list_price",
        "product.cost",
    )
)
CHECKS = {"opportunity.discount": DISCOUNT.check, "line.quantity": QUANTITY.check, "opportunity.quantity": QUANTITY.check}


@dataclass(frozen=True, slots=True)
class Bad:
    """The cell cannot be taken, so its row is refused."""

    why: Sentence


@dataclass(frozen=True, slots=True)
class Partly:
    """What is readable of contact data; the row is taken with it."""

    value: str


def reading(column: Column, target: Target) -> Callable[[str], Any]:
    """How the cells of a column are read. They come cleaned and not empty; the answer is a value, `Bad` or `Partly`."""
    read_shape = _reader(target)

    def read_cell(text: str) -> Any:
        if UNKEPT.search(text):
            found = say("%(column)s: the cell holds characters that cannot be kept (a null byte, for instance).")
        elif not isinstance(found := read_shape(text, column, target), Sentence):
            return found
        return Bad(Sentence(found.template, {**found.places, "column": column.column, "cell": shown(text)}))

    return read_cell


def shown(text: str) -> str:
    """A cell as a reason names it."""
    text = UNKEPT.sub("\ufffd", " ".join(text.split()))
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def _reader(target: Target) -> Callable[[str, Column, Target], Any]:
    kind = target.field.kind if target.field else None
    if kind is Kind.EMAIL:
        return _email
    if kind is Kind.PHONE:
        return _phone
    special = {"account.website": _website, "opportunity.currency": _currency, "opportunity.place": _unread}
    return special.get(target.name) or SHAPES[target.shape]


def _unread(text: str, column: Column, target: Target) -> Any:
    """A place in the order of steps is looked at while they are put in order, and no row fails by it."""
    return None


def _day(text: str, column: Column, target: Target) -> Any:
    try:
        day = day_of(text, column.days)
    except ValueError:
        return say("%(column)s: %(cell)s is no day.")
    if day and day.year not in YEARS:
        return say("%(column)s: %(cell)s: the year is hardly meant.")
    return day


def _amount(text: str, column: Column, target: Target) -> Any:
    try:
        value = (percent_of if target.shape is Shape.PERCENT else amount_of)(text, column.decimal)
    except ValueError:
        return TOO_LARGE if beyond(text) else say("%(column)s: %(cell)s is no number.")
    if value is None:
        return None
    if abs(value) >= LARGEST:
        return TOO_LARGE
    if value < 0 and target.name in UNSIGNED:
        return say("%(column)s: %(cell)s is below zero.")
    if int(value.as_tuple().exponent) < -FINEST:  # what floats leave behind
        value = value.quantize(Decimal(1).scaleb(-FINEST))
    check = CHECKS.get(target.name)
    wrong = check(value) if check and value else None
    return say("%(column)s: %(cell)s: %(why)s", why=wrong) if wrong else value


def _check(text: str, column: Column, target: Target) -> Any:
    found = check_of(text)
    return say("%(column)s: %(cell)s is neither yes nor no.") if found is None and not is_blank(text) else found


def _key(text: str, column: Column, target: Target) -> Any:
    return kept(text)


def _reference(text: str, column: Column, target: Target) -> Any:
    if len(text) <= NAMES_LONGEST or " " not in text:
        return kept(text)
    return say(
        "%(column)s: %(cell)s: at most %(longest)s characters; this is %(length)s.", longest=NAMES_LONGEST, length=len(text)
    )


def _text(text: str, column: Column, target: Target) -> Any:
    if target.field:
        try:
            return read(target.field, text)
        except Unreadable as why:
            return say("%(column)s: %(cell)s: %(why)s", why=why.sentence)
    text, longest = " ".join(text.split()), LONGEST.get(target.name, NAMES_LONGEST)
    if len(text) <= longest:
        return text
    return say("%(column)s: %(cell)s: at most %(longest)s characters; this is %(length)s.", longest=longest, length=len(text))


def _currency(text: str, column: Column, target: Target) -> Any:
    code = text.upper() if text.upper() in CODES or re.fullmatch("[A-Z]{3}", text) else SIGNS.get(text.casefold(), "")
    return code or say("%(column)s: %(cell)s is no currency such as EUR.")


def _email(text: str, column: Column, target: Target) -> Any:
    bare = text[7:] if text.casefold().startswith("mailto:") else text
    named = re.fullmatch(r"[^<>@]*<([^<>\s]+)>", bare)
    bare = named[1] if named else bare
    if _kept_by(target, bare) and is_email(bare):
        return bare
    among = [word for word in re.split(r"[\s,;<>|]+", bare) if is_email(word) and _kept_by(target, word)]
    return Partly(among[0] if among else "")


def _phone(text: str, column: Column, target: Target) -> Any:
    if _kept_by(target, text):
        return read(target.field, text) if target.field else text
    start = re.match(r"[+()\d][\d\s()./-]{2,}", text)
    number = start[0].strip(" /.-(") if start else ""
    return Partly(number if sum(map(str.isdigit, number)) >= 5 and _kept_by(target, number) else "")


def _website(text: str, column: Column, target: Target) -> Any:
    return text if _kept_by(target, text) else Partly(domain(text) if _kept_by(target, domain(text)) else "")


def _kept_by(target: Target, text: str) -> bool:
    try:
        return bool(target.field) and bool(read(target.field, text))  # type: ignore[arg-type]
    except Unreadable:
        return False


SHAPES: dict[Shape, Callable[[str, Column, Target], Any]] = {
    Shape.KEY: _key,
    Shape.TEXT: _text,
    Shape.DAY: _day,
    Shape.MONEY: _amount,
    Shape.NUMBER: _amount,
    Shape.PERCENT: _amount,
    Shape.CHECK: _check,
    Shape.REFERENCE: _reference,
}
