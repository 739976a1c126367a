"""The importer's own connection may find no store: what was asked for is not failed by that, but taken in when it is back."""

import threading

import psycopg
import pytest

from bailiwick.cli.importer import take_next
from bailiwick.exchange.commands.giving import answer, ask_for, give
from bailiwick.exchange.commands.unpacking import Given
from bailiwick.exchange.models import Import
from bailiwick.kit import Actor, Door
from bailiwick.network.queries import scope_of
from bailiwick.tenancy.models import Network
from bailiwick.tenancy.within import set_network
from tests.exports import DEALS
from tests.village import NOW, Village


def test_a_store_that_goes_while_an_import_begins_leaves_it_asked_for(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    by = Actor(scope_of(village.by.network, village.people["dora"].pk, NOW), Door.PAGE)
    of = give([Given("deals.csv", DEALS.encode())], "export", "EUR", by=by, now=NOW)
    answers = {one["key"]: one["choices"][0][0] for one in of.mapping["questions"]}
    ask_for(answer(of.pk, answers=answers, by=by, now=NOW).pk, by=by, now=NOW)
    network = Network.objects.get(pk=village.by.network)
    with monkeypatch.context() as patch:
        patch.setenv("DATABASE_URL", "postgresql://nobody@/nothing?host=/nowhere")
        with pytest.raises(psycopg.OperationalError):
            take_next(network, NOW, threading.Event())
    set_network(network.pk)
    assert Import.objects.in_network(village.by).get(pk=of.pk).state == "asked"
    assert take_next(network, NOW, threading.Event())
    set_network(network.pk)
    assert Import.objects.in_network(village.by).get(pk=of.pk).state == "taken"
