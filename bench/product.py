"""Our side of `bench doors`: `bailiwick serve` on the home, and what is asked of it over HTTP."""

import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import psycopg

from bailiwick.network.commands import give_token
from bailiwick.tenancy.within import within
from bench.clocks import backend
from bench.pages import DEPTH, PRODUCT, cursor, signed_in
from bench.serving import Request, Side, as_json, postmaster_of
from bench.starting import WORKERS
from tests.village import NOW, TODAY, Village

CLIENTS = 8
OPPORTUNITIES = "/api/v1/opportunities"
# A token's requests are counted as always, only that the clients of a load may ask more than a person may.
UNHURRIED = {"BAILIWICK_API_PACE": "1000000"}
SHOWN = """
COPY (
    SELECT deal.title, account.name AS account, deal.value, deal.expected, person.name AS person
    FROM pipeline_opportunity deal JOIN territories_account account ON account.id = deal.account_id
    JOIN network_person person ON person.id = deal.person_id
    WHERE deal.outcome = 'open' AND deal.unit_id = ANY(%s) ORDER BY deal.expected NULLS LAST, deal.id
) TO STDOUT WITH (FORMAT csv, HEADER)
"""


def side(home: Path, outside: Mapping[str, str], village: Village, rows: int) -> Side:
    """As its manager Aylin with her session and as its seller Noor with a token for each client."""
    postmaster, database = _store()
    return Side(
        name="Bailiwick",
        command=[
            sys.executable, "-m", "bailiwick.cli", "--home", str(home), "serve", "--port", "PORT", "--workers", str(WORKERS),
        ],
        environment=outside | UNHURRIED,
        database=database,
        postmaster=postmaster,
        create=[Request(OPPORTUNITIES, with_token(village), as_json(_deal(village)), "POST", 201) for _ in range(CLIENTS)],
        first=page(village, "aylin", PRODUCT),
        deep=page(village, "aylin", f"{PRODUCT}&{urlencode({'at': cursor(village, int(rows * DEPTH))})}"),
    )  # fmt: skip


def page(village: Village, name: str, path: str) -> Request:
    """A page as somebody of the village who has signed in."""
    cookies = "; ".join(f"{key}={value}" for key, value in signed_in(village, name).items())
    return Request(path, {"Cookie": cookies, "Accept-Language": "en"})


def with_token(village: Village) -> dict[str, str]:
    """The headers of a program of Noor's, with a token of its own."""
    with within(village.by.network):
        text = give_token(label="bench", scope="write", by=village.actor("noor"), now=NOW)[1]
    return {"Authorization": f"Bearer {text}", "Content-Type": "application/json"}


def write_shown(village: Village, admin: str, file: Path) -> None:
    """The open deals in Aylin's sight, in the order of her list."""
    units = [village.units[name].pk for name in ("cobalt", "callwerk")]
    with psycopg.connect(admin) as connection, file.open("wb") as out, connection.cursor().copy(SHOWN.encode(), [units]) as copy:
        for block in copy:
            out.write(block)


def _deal(village: Village) -> dict[str, str]:
    return {
        "title": "40 terminals for the new depot",
        "account": str(village.accounts["Arno Papier AG"].pk),
        "value": "84000.00",
        "currency": "EUR",
        "expected": str(TODAY + timedelta(days=800)),
        "origin": "trade fair",
    }


def _store() -> tuple[int, str]:
    from django.db import connection

    return postmaster_of(backend()), str(connection.settings_dict["NAME"])
