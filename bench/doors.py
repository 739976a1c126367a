"""The suite `doors`: what comes through the doors of the whole product, beside the rival that does the same.

Real servers under the same web server with as many workers, the same PostgreSQL, the same opportunities, the same run. What
is compared is measured in turns, ours and theirs, and the median of the turns is stated.
"""

import argparse
import os
from collections.abc import Iterator

from bench import home
from bench.figure import Figure
from bench.home import Say


def run(say: Say, asked: argparse.Namespace) -> Iterator[Figure]:
    """Every figure, with the rival's beside it or the reason why not."""
    say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}: on a machine that does other work only ratios of CPU tell")
    with home.temporary(say) as (place, outside, address):
        home.with_django()
        from bench import beside, filling, many, product

        village = filling.fill(say, asked.rows)
        ours = product.side(place, outside, village, asked.rows)
        yield from beside.figures(village, ours, place, outside, address.admin, asked, say)
        yield from many.figures(village, ours, address.admin, asked, say)
