"""What a list does not show it tells by no other way: order, condition, file."""

import re

import pytest

from bailiwick.network.commands import grant_sight
from tests.village import NOW, Village
from tests.walls.reading import body, washed
from tests.walls.speaking import caller
from tests.walls.world import browser


def test_no_parameter_of_a_list_sorts_or_groups_by_what_it_does_not_declare(village: Village) -> None:
    client = browser(village, "noor")
    plain = washed(client.get("/pipeline"))
    for query in ("sort=stated_margin", "group=person", "fields=margin", "expand=account", "account__name=x"):
        assert washed(client.get(f"/pipeline?{query}")) == plain
        assert caller(village, "noor")("GET", f"/opportunities?{query}").status_code == 422
    for query in ("order=stated_margin", "order=-account__name", "columns=margin", "unit=x", "value_from=x"):
        told = client.get(f"/pipeline?{query}")
        assert rows_of(body(told)) == rows_of(plain[3])
        assert 'role="alert"' in body(told)


def rows_of(page: str) -> list[str]:
    """The rows of the list on a page."""
    return re.findall(r"<tr role=\"row\">.*?</tr>", page, re.DOTALL)


@pytest.mark.parametrize("query", ["order=value", "order=-value", "value_from=1", "value_to=1", "columns=title,value"])
def test_money_that_is_not_shown_orders_and_filters_nothing_either(village: Village, query: str) -> None:
    coach, unit = village.people["conny"].pk, village.units["cobalt"].pk
    grant_sight(viewer=coach, purpose="coaching", source="test", unit=unit, by=village.by, now=NOW)
    client = browser(village, "conny")
    plain = rows_of(body(client.get("/pipeline?standing=undecided")))
    assert len(plain) > 3
    assert rows_of(body(client.get(f"/pipeline?standing=undecided&{query}"))) == plain
    assert client.get(f"/lists/pipeline/file/csv?{query}").status_code == (200 if query.startswith("value_") else 422)
