"""In which currency amounts are, where their source did not say."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bailiwick.exchange.rules.values.currencies import CODES
from bailiwick.kit import Sentence, say, say_n

NO_ISO = frozenset({"RMB", "HRK"})  # read in exports, but no code of today's list
CURRENCIES = tuple(code for code in CODES if code not in NO_ISO)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A currency, and what speaks for it."""

    code: str
    because: Sentence


def proposed(own: str, stated: Mapping[str, int], countries: Mapping[str, int]) -> Proposed | None:
    """The network's own currency, else that of most amounts which state one, else that of the country of most companies.

    None where nothing speaks for one. `stated`: amounts by currency, `countries`: companies by country as written.

    >>> proposed("", {}, {"United States": 71, "Kenya": 1}).code
    'USD'
    """
    if own in CURRENCIES:
        return Proposed(own, say("it is the currency of the network."))
    known = {code: n for code, n in stated.items() if code in CURRENCIES}
    if known:
        code = max(sorted(known), key=lambda one: known[one])
        return Proposed(code, say_n("one other amount is in it.", "%(n)s other amounts are in it.", known[code]))
    return _of_countries(countries)


def _of_countries(countries: Mapping[str, int]) -> Proposed | None:
    told = sum(countries.values())
    country = max(sorted(countries), key=lambda one: countries[one], default="")
    code = currency_of(country)
    if code is None or countries[country] * 2 <= told:
        return None
    because = say("%(n)s of %(all)s companies are in %(country)s.", n=countries[country], all=told, country=country)
    return Proposed(code, because)


def currency_of(country: str) -> str | None:
    """The currency of a country by its English or German name or its code; None for what is no country.

    >>> currency_of("Deutschland"), currency_of("us"), currency_of("Nowhere")
    ('EUR', 'USD', None)
    """
    from babel.numbers import get_territory_currencies

    code = _countries().get(country.strip().casefold())
    found = get_territory_currencies(code) if code else []
    return found[0] if found and found[0] in CURRENCIES else None


@cache
def _countries() -> Mapping[str, str]:
    from babel import Locale

    named = {
        name.casefold(): code
        for language in ("de", "en")
        for code, name in Locale(language).territories.items()
        if len(code) == 2 and code.isalpha()
    }
    return named | {code.casefold(): code for code in set(named.values())} | {"usa": "US", "uk": "GB"}
