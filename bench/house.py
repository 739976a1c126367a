"""The suite `house`: what the acts of every day cost, beside the least that they could."""

import argparse
import os
from collections.abc import Callable, Iterator
from typing import Any

from bench import home, importing, starting
from bench.figure import Figure
from bench.home import Say


def run(say: Say, asked: argparse.Namespace) -> Iterator[Figure]:
    """Every figure as it is measured, in a home of its own."""
    say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}: trust the ratios")
    with home.temporary(say) as (place, outside, address):
        home.with_django()
        yield from _in_this_process(address, say)
        say("importing")
        yield importing.imported(place, outside, address.admin, say)
        yield from starting.served(place, outside, _at_rest(address), say)
        say("help")
        yield starting.helped(outside)


def _in_this_process(address: Any, say: Say) -> Iterator[Figure]:
    from bench import filling, floor, opening, pages

    village = filling.fill(say)
    floor.lay(address.admin)
    made = pages.pages(village)
    say("pages")
    yield pages.page_of_50(made)
    yield pages.page_at_90_percent(made)
    say("opening deals")
    yield opening.statements(village)
    yield opening.cpu(village)


def _at_rest(address: Any) -> Callable[[], None]:
    def wait() -> None:
        from django.db import connections

        connections.close_all()
        if not address.release(wait=home.STOPS_WITHIN):
            raise RuntimeError("the store of the temporary home does not come to rest")

    return wait
