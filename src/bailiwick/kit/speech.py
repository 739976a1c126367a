"""Sentences, money, days and numbers in a person's language. The door gives the translation function."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bailiwick.kit.money import Money
from bailiwick.kit.sentence import Sentence

if TYPE_CHECKING:
    from babel import Locale


@dataclass(frozen=True)
class Speech:
    """`locale` is a Babel identifier (`en`, `de`), `zone` an IANA name, `gettext` and `ngettext` translate."""

    locale: str
    zone: str
    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]

    @property
    def region(self) -> "Locale":
        """The locale that gives dates and numbers their form: English as in Europe, with the day before the month."""
        return _region("en_GB" if self.locale == "en" else self.locale)

    def say(self, sentence: Sentence | str | None) -> str:
        """The sentence with its places filled; plain text (a name) comes back as it is."""
        if sentence is None or isinstance(sentence, str):
            return sentence or ""
        if sentence.plural and sentence.n is not None:
            text = self.ngettext(sentence.template, sentence.plural, sentence.n)
        else:
            text = self.gettext(sentence.template)
        return text % {name: self.show(value) for name, value in sentence.places.items()} if sentence.places else text

    def show(self, value: object) -> str:  # noqa: PLR0911 - one answer a kind
        """Any plain value as a person reads it."""
        match value:
            case None:
                return ""
            case Sentence():
                return self.say(value)
            case Money():
                return self.money(value)
            case datetime():
                return self.instant(value)
            case date():
                return self.day(value)
            case bool():
                return self.gettext("yes") if value else self.gettext("no")
            case int() | Decimal():
                return self.number(value)
            case _:
                return str(value)

    def money(self, money: Money | None) -> str:
        """Whole units without cents; without a currency the bare number. Amounts never break over a line."""
        from babel.numbers import format_currency, format_decimal

        if money is None:
            return ""
        whole = money.amount == money.amount.to_integral_value()
        if not money.currency:
            return format_decimal(money.amount, "#,##0" if whole else "#,##0.00", locale=self.region)
        pattern = self.region.currency_formats["standard"].pattern
        text = format_currency(
            money.amount, money.currency, pattern.replace(".00", "") if whole else pattern, self.region, currency_digits=not whole
        )
        return text.replace(" ", "\N{NO-BREAK SPACE}")

    def number(self, value: int | Decimal) -> str:
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self.region)

    def percent(self, share: Decimal | float | None, digits: int = 0) -> str:
        """`share` of one (0.15) as a percentage (15%)."""
        from babel.numbers import format_percent

        pattern = self.region.percent_formats[None].pattern
        pattern = pattern.replace("0", "0." + "0" * digits) if digits else pattern
        return "" if share is None else format_percent(share, pattern, locale=self.region)

    def day(self, day: date | None) -> str:
        """`22 Nov 2026`, `22. Nov. 2026`."""
        return self._dated(day, "yMMMd")

    def weekday(self, day: date | None) -> str:
        """`Sun 22 Nov`, without the year: for days nearby."""
        return self._dated(day, "MMMEd")

    def long_day(self, day: date | None) -> str:
        """`Sunday 22 November 2026`."""
        return self._dated(day, "yMMMMEEEEd")

    def _dated(self, day: date | None, skeleton: str) -> str:
        from babel.dates import format_skeleton

        return "" if day is None else format_skeleton(skeleton, day, locale=self.region)

    def clock(self, instant: datetime) -> str:
        return instant.astimezone(ZoneInfo(self.zone)).strftime("%H:%M")

    def local_day(self, instant: datetime) -> date:
        """The calendar day of `instant` where the person is."""
        return instant.astimezone(ZoneInfo(self.zone)).date()

    def instant(self, instant: datetime | None) -> str:
        if instant is None:
            return ""
        local = instant.astimezone(ZoneInfo(self.zone))
        return f"{self.day(local.date())}, {local:%H:%M}"


@cache
def _region(name: str) -> "Locale":
    """Parsed once: a page of fifty rows asks some four hundred times."""
    from babel import Locale

    return Locale.parse(name)


def plain() -> Speech:
    """English without translation: for logs and the command line."""
    return Speech("en", "UTC", lambda text: text, lambda one, many, n: one if n == 1 else many)
