"""A sentence as JSON and back, so that what is kept is said in the language of whoever reads it later."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bailiwick.kit import Money, Sentence


def written(sentence: Sentence | None) -> dict[str, Any]:
    """The template with its places; nothing for no sentence."""
    if sentence is None:
        return {}
    told: dict[str, Any] = {"say": sentence.template}
    if sentence.places:
        told["places"] = {name: _written(value) for name, value in sentence.places.items()}
    return told | ({"plural": sentence.plural, "n": sentence.n} if sentence.plural else {})


def spoken(told: object) -> Sentence:
    """The sentence that was written; an empty one for what is none."""
    if not isinstance(told, Mapping):
        return Sentence(str(told or ""))
    places = {str(name): _read(value) for name, value in dict(told.get("places", {})).items()}
    return Sentence(str(told.get("say", "")), places, str(told.get("plural", "")), told.get("n"))


def _written(value: object) -> object:  # noqa: PLR0911 - one answer a kind
    match value:
        case None | bool() | int() | str():
            return value
        case Sentence():
            return {"sentence": written(value)}
        case Money():
            return {"money": [str(value.amount), value.currency]}
        case datetime():
            return {"instant": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case Decimal():
            return {"number": str(value)}
    return str(value)


def _read(value: object) -> object:
    match value:
        case {"sentence": told}:
            return spoken(told)
        case {"money": [amount, currency]}:
            return Money(Decimal(str(amount)), str(currency))
        case {"instant": told}:
            return datetime.fromisoformat(str(told))
        case {"day": told}:
            return date.fromisoformat(str(told))
        case {"number": told}:
            return Decimal(str(told))
    return value
