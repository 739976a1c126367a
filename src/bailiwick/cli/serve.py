"""`bailiwick serve`."""

import argparse
import os

from bailiwick.cli.serving import alone, free, serve
from bailiwick.cli.surroundings import migrated, settled


def run(asked: argparse.Namespace) -> int:
    """Web and clock run until stopped."""
    home = asked.home.absolute()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = alone(home)
    free(asked.host, asked.port)
    address = settled(home)
    migrated()
    print(f"Bailiwick: http://{asked.host}:{asked.port}", flush=True)
    serve(address, home, asked.host, asked.port, asked.workers)
    os.close(lock)
    return 0
