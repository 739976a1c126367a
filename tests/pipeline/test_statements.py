"""How many statements an act takes: a bound that holds whatever the size of the network."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bailiwick.kit import Actor, Door
from bailiwick.network.queries import scope_of
from bailiwick.pipeline.commands import NewOpportunity, open_opportunities
from tests.village import NOW, Village


@pytest.mark.parametrize("many", [1, 50])
def test_opening_opportunities_takes_at_most_eight_statements_with_the_scope(village: Village, many: int) -> None:
    noor, account = village.people["noor"].pk, village.accounts["Arno Papier AG"].pk
    with CaptureQueriesContext(
        connection,
    ) as asked:
        by = Actor(scope_of(village.by.network, noor, NOW), Door.API)
        open_opportunities([NewOpportunity(title=f"Deal {n}", account=account) for n in range(many)], by=by, now=NOW)
    statements = [query["sql"] for query in asked.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(statements) <= 8, "\n".join(statement[:120] for statement in statements)
