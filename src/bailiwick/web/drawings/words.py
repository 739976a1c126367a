"""Numbers of a chart's table and axes in the language of the page."""

from django.utils.translation import get_language, gettext, ngettext

from bailiwick.kit import Speech


def speech() -> Speech:
    """The language of the page; a chart tells no time, so that the zone does not matter."""
    return Speech((get_language() or "en").partition("-")[0], "UTC", gettext, ngettext)


def number(count: int) -> str:
    """1,204"""
    return speech().number(count)


def percent(share: float | None) -> str:
    """62%; empty for None."""
    return speech().percent(share)


def between(low: float | None, high: float | None) -> str:
    """`54% to 70%`; empty where an end is missing."""
    if low is None or high is None:
        return ""
    return gettext("%(low)s to %(high)s") % {"low": percent(low), "high": percent(high)}
