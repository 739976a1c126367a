"""A sentence for a person: an English template with named places, translated and filled only at the door.

It answers for what is said, not for the language it is said in (`kit.speech` does that).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from bailiwick.kit.money import Money


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template such as `Won for %(value)s` with the values of its places; `plural` speaks when `n` is not 1."""

    template: str
    places: Mapping[str, object] = field(default_factory=dict)
    plural: str = ""
    n: int | None = None

    def __str__(self) -> str:
        """The English text with plain values; doors use `Speech.say` instead."""
        template = self.plural if self.plural and self.n != 1 else self.template
        return template % {name: str(value) for name, value in self.places.items()} if self.places else template

    def __bool__(self) -> bool:
        return bool(self.template)


def say(template: str, **places: "Sentence | str | int | Decimal | Money | date | datetime | None") -> Sentence:
    """The sentence `template`; the name `say` is what the collector of translatable texts looks for."""
    return Sentence(template, places)


def say_n(
    template: str, plural: str, n: int, **places: "Sentence | str | int | Decimal | Money | date | datetime | None"
) -> Sentence:
    """One thing or `n` things; `%(n)s` is a place of its own."""
    return Sentence(template, {**places, "n": n}, plural, n)
