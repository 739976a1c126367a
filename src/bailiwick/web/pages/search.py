"""`search`: one box over everything in sight, with a page of its own and below the box while somebody types."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from bailiwick.desk.search import Found, Group, Search, search
from bailiwick.kit.scope import READING
from bailiwick.web.asked import Asked, Shown
from bailiwick.web.door import page
from bailiwick.web.jinja import address

FEW = 5
SHORT = 2  # one letter begins half of all words
WITHOUT_CARD = frozenset({"leads"})  # shown on the page of them all


@page("search", name="search", roles=READING)
def show(asked: Asked) -> Shown:
    """Everything in sight that has the words typed, by kind."""
    text = asked.text("q", 200).strip()
    found = search(asked.viewer, text)
    context = {**_told(found, text, asked), "searched": text, "sells": asked.viewer.sells}
    return Shown("pages/search.html", context, looked_at=found.about)


@page("search/live", name="search_live", roles=READING)
def live(asked: Asked) -> Shown:
    """The closest few of each kind, for the box."""
    text = asked.text("q", 200).strip()
    found = search(asked.viewer, text, most=FEW) if len(text) >= SHORT else Search((), False, frozenset())
    many = sum(len(group.found) for group in found.groups)
    told = ngettext("One found. Arrow down leads there.", "%(num)s found. Arrow down leads there.", many) % {"num": many}
    context = {**_told(found, text, asked), "short": len(text) < SHORT, "told": told}
    return Shown("fragments/search.html", context, looked_at=found.about)


def _told(found: Search, text: str, asked: Asked) -> dict[str, Any]:
    return {
        "groups": [_group(group, text, found.slipped, asked) for group in found.groups],
        "slipped": found.slipped,
        "text": text,
        "all_url": address("search", q=text),
        "new_url": address("account_new", name=text),
        "heading": gettext("Search"),
    }


def _group(group: Group, text: str, slipped: bool, asked: Asked) -> dict[str, Any]:
    where = {"q": text} | ({"standing": ""} if group.kind.list == "pipeline" else {})
    return {
        "label": asked.speech.say(group.kind.label),
        "found": [{"name": one.thing.name, "note": one.thing.note, "url": _url(one)} for one in group.found],
        "more_url": address(group.kind.list, **where) if group.more and group.kind.list and not slipped else "",
    }


def _url(one: Found) -> str:
    thing = one.thing
    return reverse(thing.route) if thing.route in WITHOUT_CARD else reverse(thing.route, args=[thing.id])
