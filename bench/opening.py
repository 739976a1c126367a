"""POST /api/v1/opportunities: how many statements it sends, and its CPU beside an endpoint of one INSERT."""

import json
import os
import re
import tempfile
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bailiwick.api.shapes.plain import Ref
from bailiwick.network.commands import give_token
from bailiwick.pipeline.models import Step
from bailiwick.tenancy.within import within
from bench import floor
from bench.asking import Caller
from bench.clocks import in_turns
from bench.figure import Figure
from tests.village import NOW, TODAY, Village

PRODUCT, FLOOR = "/api/v1/opportunities", "/floor/api/opportunities"
MOST_STATEMENTS, MOST_RATIO = 8, 5
ROUNDS, EACH = 21, 20
MESSAGE = re.compile(r"^(?=\d{4}-\d\d-\d\d \d\d:)", re.MULTILINE)  # libpq begins each with the time; a statement may have lines
SENT = re.compile(r'[^"]*\tF\t\d+\t(?:Query|Parse)\t[^"]*"(.*)', re.DOTALL)
BESIDE = re.compile(r"(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b")


def acts(village: Village) -> tuple[Callable[[], bytes], Callable[[], bytes]]:
    """Opening one deal through the product, as its seller with a token, and through the floor."""
    with within(village.by.network):
        text = give_token(label="bench", scope="write", by=village.actor("noor"), now=NOW)[1]
        step = Step.objects.in_network(village.by).select_related("process").get(place=1)
    _tell_floor(village, step)
    body = {
        "title": "40 terminals for the new depot",
        "account": str(village.accounts["Arno Papier AG"].pk),
        "value": "84000.00",
        "currency": "EUR",
        "expected": str(TODAY + timedelta(days=800)),
        "origin": "trade fair",
    }
    caller = Caller(get_wsgi_application(), {"HTTP_AUTHORIZATION": f"Bearer {text}"})
    sent = json.dumps(body).encode()
    return partial(caller.ask, PRODUCT, sent, status=201), partial(caller.ask, FLOOR, sent, status=201)


def _tell_floor(village: Village, step: Step) -> None:
    unit, noor, account = village.units["cobalt"], village.people["noor"], village.accounts["Arno Papier AG"]
    floor.KNOWN |= {
        "unit": Ref(id=unit.pk, name=unit.name),
        "person": Ref(id=noor.pk, name=noor.name),
        "account": Ref(id=account.pk, name=account.name),
        "step": Ref(id=step.pk, name=step.name),
        "sides": {
            "network_id": village.by.network,
            "unit_id": unit.pk,
            "person_id": noor.pk,
            "organization_id": unit.organization_id,
            "process_id": step.process_id,
            "step_id": step.pk,
        },
    }


def statements(village: Village) -> Figure:
    """What the server is sent for one deal after the first few, without BEGIN, COMMIT and SAVEPOINT."""
    product, plain = acts(village)
    _same(product(), plain())
    for _ in range(3):
        product(), plain()
    asked, captured = _sent(product)
    least, _ = _sent(plain)
    kinds = "; ".join(f"{place}. {_short(one)}" for place, one in enumerate(asked, start=1))
    return Figure(
        name="create_opportunity_statements",
        value=len(asked),
        unit="statements",
        rival="an endpoint of one INSERT",
        rival_value=len(least),
        most=MOST_STATEMENTS,
        note=f"counted on the wire; Django's own log has {captured}: it leaves out the SELECT 1 by which it looks whether the "
        f"connection lives. Once a minute one more stamps the token. {kinds}",
    )


def cpu(village: Village) -> Figure:
    """CPU of one deal through the product, beside the plain endpoint."""
    product, plain = in_turns(*acts(village), rounds=ROUNDS, each=EACH)
    return Figure(
        name="create_opportunity_cpu",
        value=product.total * 1000,
        unit="ms CPU",
        rival="an endpoint of one INSERT, same framework and shapes",
        rival_value=plain.total * 1000,
        most_ratio=MOST_RATIO,
        note=f"{product.told()}; rival {plain.told()}",
    )


def _same(product: bytes, plain: bytes) -> None:
    """The floor gives the very shape of the product, apart from the id."""
    one, other = (json.loads(answer) for answer in (product, plain))
    different = [name for name in {*one, *other} - {"id"} if one.get(name) != other.get(name)]
    if different:
        raise RuntimeError(f"the floor answers otherwise: {different}")


def _sent(act: Callable[[], object]) -> tuple[list[str], int]:
    """The statements on the wire (libpq's own trace), and how many Django's log has of them."""
    connection.ensure_connection()
    wire = connection.connection.pgconn
    with tempfile.TemporaryFile() as trace:
        wire.trace(os.dup(trace.fileno()))
        try:
            with CaptureQueriesContext(connection) as log:
                act()
        finally:
            wire.untrace()
        trace.seek(0)
        messages = MESSAGE.split(trace.read().decode(errors="replace"))
    asked = [found[1].strip() for found in map(SENT.match, messages) if found and not BESIDE.match(found[1])]
    return asked, sum(not BESIDE.match(one["sql"]) for one in log.captured_queries)


def _short(statement: str) -> str:
    """The verb and the table."""
    table = re.search(r'(?:FROM|INTO|UPDATE) "?(\w+)', statement)
    verb = statement.split(None, 1)[0] if statement.split() else "?"
    return f"{verb} {table[1]}" if table else statement[:24].rstrip('"')
