"""GET /pipeline of a manager over 20,000 deals: beside the floor of such a page, and deep in the list beside its beginning."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from html import unescape
from urllib.parse import urlencode

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bailiwick.kit import day_of
from bailiwick.pipeline import queries
from bailiwick.tenancy.within import within
from bench import floor
from bench.asking import Caller
from bench.clocks import in_turns
from bench.figure import Figure
from bench.filling import DEALS
from tests.village import Village

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PRODUCT, FLOOR = "/pipeline?standing=undecided", "/floor/pipeline"
MOST_RATIO, MOST_DEEPER = 1.5, 1.2
DEPTH = 0.9
ROUNDS, EACH = 21, 6
BODY = re.compile(r"<tbody.*?</tbody>", re.DOTALL)
EDIT = re.compile(r'<a class="edit".*?</a>', re.DOTALL)
WORDS = re.compile(r"<[^>]*>|\s+")


@dataclass(frozen=True)
class Pages:
    """Three things to ask for, each as Aylin with her session."""

    first: Callable[[], bytes]
    plain: Callable[[], bytes]
    deep: Callable[[], bytes]


def pages(village: Village) -> Pages:
    """The first page, its floor, and the page behind nine tenths of the list."""
    aylin, units = village.people["aylin"], [village.units[name].pk for name in ("cobalt", "callwerk")]
    floor.KNOWN |= {"units": units, "viewer": (str(aylin.pk), aylin.name, "Hafen Vertrieb")}
    caller = Caller(get_wsgi_application(), cookies=signed_in(village, "aylin"))
    made = Pages(
        partial(caller.ask, PRODUCT),
        partial(caller.ask, FLOOR),
        partial(caller.ask, f"{PRODUCT}&{urlencode({'at': cursor(village, int(DEALS * DEPTH))})}"),
    )
    _check(made)
    return made


def signed_in(village: Village, name: str) -> dict[str, str]:
    """The cookies of somebody who has signed in."""
    client = Client()
    client.force_login(village.login(name), backend=BACKEND)
    return {name: one.value for name, one in client.cookies.items()}


def cursor(village: Village, behind: int) -> str:
    """Where the page behind so many rows of the list begins, as the product's own links say it."""
    now = datetime.now(UTC)
    with within(village.by.network):
        viewer = village.actor("aylin", now).scope
        rows = queries.opportunities(viewer, today=day_of(now, village.units["cobalt"].zone), standing="undecided")
        return queries.opportunity_page(rows, size=behind).next


def _check(made: Pages) -> None:
    first, plain, deep = (_rows(act()) for act in (made.first, made.plain, made.deep))
    if not len(first) == len(plain) == len(deep) == 50:
        raise RuntimeError(f"pages of {len(first)}, {len(plain)} and {len(deep)} rows are compared")
    if first != plain:
        different = [pair for pair in zip(first, plain, strict=True) if pair[0] != pair[1]]
        raise RuntimeError(f"the floor shows other rows: {different[:2]}")
    if set(first) & set(deep):
        raise RuntimeError("the deep page shows rows of the first")


def _rows(page: bytes) -> list[str]:
    """The words of each row, without markup and without the ways to change a cell, which a plain list has none of."""
    body = BODY.search(page.decode())
    rows = EDIT.sub("", body[0]).split("</tr>")[:-1] if body else []
    return [WORDS.sub(" ", unescape(WORDS.sub(" ", row))).strip() for row in rows]


def page_of_50(made: Pages) -> Figure:
    """The first page beside the floor."""
    product, plain = in_turns(made.first, made.plain, rounds=ROUNDS, each=EACH)
    return Figure(
        name="page_of_50",
        value=product.total * 1000,
        unit="ms CPU",
        rival="a view of one plain query: same session, rows, frame, engine",
        rival_value=plain.total * 1000,
        most_ratio=MOST_RATIO,
        note=f"{product.told()}, {_asked(made.first)} statements; rival {plain.told()}, {_asked(made.plain)} statements",
    )


def page_at_90_percent(made: Pages) -> Figure:
    """A page deep in the list beside the first."""
    deep, first = in_turns(made.deep, made.first, rounds=ROUNDS, each=EACH)
    return Figure(
        name="page_at_90_percent",
        value=deep.total * 1000,
        unit="ms CPU",
        rival="the first page of the same list",
        rival_value=first.total * 1000,
        most_ratio=MOST_DEEPER,
        note=f"behind {int(DEALS * DEPTH):,} rows; {deep.told()}; first page {first.told()}",
    )


def _asked(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as log:
        act()
    return sum(not one["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for one in log.captured_queries)
