"""The rows behind a figure: as many as it says, the same as a list and as a file, and nothing in them runs."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from bailiwick.ledger.models import AccessRecord
from bailiwick.measures import Shape
from bailiwick.pipeline.models import Opportunity
from tests.performance.dealt import deals
from tests.village import TODAY, Village
from tests.web.test_measure_page import WITH_ROWS, listed, told_apart
from tests.web.test_numbers import body, counted, inside
from tests.web.test_overview import bare

SignIn = Callable[[str], Client]


@pytest.mark.parametrize("measure", [one for one in WITH_ROWS if one.shape is not Shape.PER_HIT], ids=lambda one: one.name)
@pytest.mark.parametrize("by", ["seller", "month", *(pytest.param(by, marks=pytest.mark.whole) for by in ("unit", "manager"))])
def test_the_rows_behind_each_number_are_as_many_as_it_says(signed_in: SignIn, village: Village, measure: Any, by: str) -> None:
    deals(village, "noor", 10, 20, stated_discount=10)
    deals(village, "sven", 10, outcome="lost")
    deals(village, "piet", 30, day=TODAY, stated_discount=0)
    client = signed_in("dora")
    page = body(client.get(f"/measures/{measure.name}?by={by}"))
    found = [
        (bare(row), re.search(r"href=\"/measures/\w+\?([^\"#]*)#rows\">\s*(?:<span[^>]*>)?([\d,]+)", row))
        for row in told_apart(page)
    ]
    assert found
    for row, link in found:
        assert link, row
        assert len(inside(counted(client, f"{measure.name}?{unescape(link[1])}"))) == int(link[2]), row


def test_the_file_holds_just_the_rows_that_the_pages_list_in_their_order(signed_in: SignIn, village: Village) -> None:
    for n in range(45):
        deals(village, "noor" if n % 2 else "piet", n, day=date(2024, 4, 1) + timedelta(days=n % 20), stated_discount=n)
    client, seen, further, pages = signed_in("dora"), [], "?period=2024-04", 0
    while further:
        page = body(client.get(f"/measures/discount{further}"))
        seen += listed(page)
        link = re.search(r"rel=\"next\" href=\"/measures/discount([^\"#]*)", page)
        further, pages = unescape(link[1]) if link else "", pages + 1
    assert (len(seen), pages) == (45, 3)
    file = counted(client, "discount?period=2024-04")
    assert seen == [{name: bare(row[name]) for name in seen[0]} for row in file]
    assert set(file[0]) - set(seen[0]) == {"Company"}, "which the page tells below the title"
    days = [row["Day"] for row in seen]
    assert (days[0], days[-1]) == ("20 Apr 2024", "1 Apr 2024")


@pytest.mark.parametrize("by", ["source", "reason", "territory", "product"])
def test_the_rows_of_what_is_not_known_are_the_same_in_the_file_and_on_the_next_page(
    signed_in: SignIn, village: Village, by: str
) -> None:
    """24 deals of April of which nothing is known, and before them three that are known by one thing or the other."""
    known = {"source": {"origin": "Fair"}, "reason": {"reason": "price"}}.get(by, {})
    deals(village, "noor", *range(24))
    if known:
        three = deals(village, "ben", 1, 2, 3, day=date(2024, 4, 2))
        Opportunity.objects.in_network(village.by).filter(pk__in=[deal.pk for deal in three]).update(**known)
    client = signed_in("dora")
    page = body(client.get(f"/measures/won_count?by={by}&period=2024-04&key="))
    assert len(listed(page)) == 20
    link, file = re.search(r"rel=\"next\" href=\"([^\"#]*)", page), re.search(r"href=\"([^\"]*)\" download", page)
    assert link
    assert file
    assert len(listed(body(client.get(unescape(link[1]))))) == 4
    assert {row["Seller"] for row in counted(client, unescape(file[1]).replace("/measures/won_count/rows", "won_count"))} == {
        "Noor Haddad"
    }


DANGEROUS = ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1")


def test_no_cell_of_the_file_is_a_formula_whoever_wrote_it(signed_in: SignIn, village: Village) -> None:
    for title in DANGEROUS:
        [deal] = deals(village, "noor", 1)
        Opportunity.objects.in_network(village.by).filter(pk=deal.pk).update(title=title)
    noor = village.people["noor"]
    type(noor).objects.in_network(village.by).filter(pk=noor.pk).update(name="=cmd|'/c calc'!A1")
    found = counted(signed_in("dora"), "won_count?period=2024-04")
    assert len(found) == len(DANGEROUS)
    assert not [text for row in found for text in row.values() if text.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_markup_in_whatever_names_a_key_is_text(signed_in: SignIn, village: Village) -> None:
    evil = "<script>alert(1)</script>"
    [deal] = deals(village, "noor", 1)
    Opportunity.objects.in_network(village.by).filter(pk=deal.pk).update(title=evil, origin=evil)
    for query in ("by=source", f"by=source&key={quote(evil)}", f"by=seller&key={quote(evil)}", ""):
        page = body(signed_in("dora").get(f"/measures/won_count?{query}"))
        assert evil not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    "path", ["won_count", "won_count?by=seller", "activities_per_week", "won_count/rows", "activities_per_week/rows"]
)
def test_whose_rows_are_shown_is_recorded(signed_in: SignIn, village: Village, path: str) -> None:
    """A file of all rows is a look at them as well."""
    deals(village, "noor", 1, day=TODAY)
    signed_in("dora").get(f"/measures/{path}")
    looked = AccessRecord.objects.in_network(village.by).values_list("person", flat=True)
    assert village.people["noor"].pk in set(looked)
