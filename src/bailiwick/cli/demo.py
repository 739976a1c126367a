"""`bailiwick demo`."""

import argparse
import os
import time

from bailiwick.cli.serving import alone, free, serve
from bailiwick.cli.surroundings import with_django


def run(asked: argparse.Namespace) -> int:
    """The demonstration network is there and, unless told otherwise, served with its sign-in page."""
    os.environ["BAILIWICK_DEMO"] = "1"
    home = asked.home.absolute()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = alone(home)
    if not asked.build_only:
        free(asked.host, asked.port)
    address = with_django(home)
    from bailiwick.demo import build

    began = time.monotonic()
    if build(reset=asked.reset):
        print(f"The demonstration network was built in {time.monotonic() - began:.1f} s.", flush=True)
    if not asked.build_only:
        from django.db import connections

        connections.close_all()
        print(f"Bailiwick: http://{asked.host}:{asked.port}   (Ctrl-C stops it)", flush=True)
        serve(address, home, asked.host, asked.port, asked.workers)
    os.close(lock)
    return 0
