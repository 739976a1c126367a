"""Lists, the search box and saves of ours alone, among as many companies and deals as the network of a large seller has."""

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from random import Random
from statistics import median, quantiles

import psycopg

from bailiwick.desk.search import search
from bailiwick.tenancy.within import within
from bench.crowd import crowd
from bench.figure import Figure
from bench.home import Say
from bench.product import OPPORTUNITIES, page, with_token
from bench.serving import Request, Server, Side, as_json
from tests.village import Village

MOST, MOST_SEARCH = 300, 200  # ms
TURNS, WARMING = 5, 4
EACH = 10  # questions of each kind
LISTS = (
    ("list_pipeline", "dora", "/pipeline"),
    ("list_activities", "aylin", "/activities"),
    ("list_accounts", "dora", "/accounts"),
)
SEEKERS = ("dora", "aylin")


def figures(village: Village, ours: Side, admin: str, asked: argparse.Namespace, say: Say) -> Iterator[Figure]:
    """Every figure, after the rows have been put there."""
    crowd(village, admin, asked.many, say)
    among = f"among {asked.many:,} companies and as many deals and activities more"
    with ours.started(ours.first) as (server, _):
        for name, who, path in LISTS:
            request = page(village, who, path)
            yield _waited(name, partial(server.ask, request), f"first page of {path} for {who}, {among}")
        yield _waited("save_field", _save(server, village, admin), f"the value of one deal over the API, {among}")
    yield from _searched(village, _questions(admin), among)


def _waited(name: str, act: Callable[[], object], note: str) -> Figure:
    for _ in range(WARMING):
        act()
    took = sorted(_milliseconds(act) for _ in range(TURNS))
    return Figure(
        name=name, value=median(took), unit="ms", most=MOST, note=f"{note}; of {TURNS}: {took[0]:.1f} to {took[-1]:.1f}"
    )


def _milliseconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def _save(server: Server, village: Village, admin: str) -> Callable[[], None]:
    """A new value for one of Noor's deals, each time of the version that the time before left."""
    with psycopg.connect(admin) as connection:
        mine = [village.people["noor"].pk, village.by.network]
        row = connection.execute(
            "SELECT deal FROM bench_crowd JOIN pipeline_opportunity ON id = deal "
            "WHERE bench_crowd.person_id = %s AND network_id = %s ORDER BY n LIMIT 1", mine
        ).fetchone()  # fmt: skip
    path, headers, version = f"{OPPORTUNITIES}/{row[0] if row else ''}", with_token(village), [1]

    def save() -> None:
        change = {"value": f"{5000 + version[0]}.00", "version": version[0]}
        version[0] = json.loads(server.ask(Request(path, headers, as_json(change), "PATCH")))["version"]

    return save


def _questions(admin: str) -> dict[str, list[str]]:
    """Words of companies and deals that are there, as people type them; the same for the same number of rows."""
    random = Random(11)  # noqa: S311 - a draw that repeats itself
    with psycopg.connect(admin) as connection:
        (many,) = connection.execute("SELECT count(*) FROM bench_crowd").fetchone() or (0,)
        drawn = [random.randrange(many) + 1 for _ in range(4 * EACH)]
        found = connection.execute("SELECT n, stem, trade FROM bench_crowd WHERE n = ANY(%s)", [drawn]).fetchall()
    named = {n: (stem, trade) for n, stem, trade in found}
    whole, begun, slipped, two = ([named[n] for n in drawn[start : start + EACH]] for start in range(0, 4 * EACH, EACH))
    return {
        "whole word": [stem for stem, _ in whole],
        "beginning": [stem[:5] for stem, _ in begun],
        "one slip": [_slip(stem, random) for stem, _ in slipped],
        "two words": [f"{stem} {trade}" for stem, trade in two],
    }


def _slip(word: str, random: Random) -> str:
    """Two letters changed about, which are not the same."""
    places = [place for place in range(1, len(word) - 1) if word[place] != word[place + 1]]
    place = random.choice(places)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _searched(village: Village, questions: dict[str, list[str]], among: str) -> Sequence[Figure]:
    """Every question of each of the people: once to warm, then twice, of which the better counts."""
    took: dict[str, list[float]] = {kind: [] for kind in questions}
    nothing = 0
    for who in SEEKERS:
        with within(village.by.network):
            scope = village.actor(who, datetime.now(UTC)).scope
            for kind, text in ((kind, text) for kind, texts in questions.items() for text in texts):
                ask = partial(search, scope, text)
                nothing += not ask().groups
                took[kind].append(min(_milliseconds(ask) for _ in range(2)))
    if nothing:
        raise RuntimeError(f"{nothing} questions found nothing: they were drawn from what is there")
    every = [one for some in took.values() for one in some]
    parts = ", ".join(f"{kind} {median(some):.1f} to {max(some):.1f}" for kind, some in took.items())
    note = f"{len(every)} answers, half for the director and half for a manager, {among}; median and longest: {parts}"
    return [
        Figure(name="search_p50", value=median(every), unit="ms", note=note),
        Figure(name="search_p95", value=quantiles(every, n=20)[18], unit="ms", most=MOST_SEARCH, note=note),
    ]
