"""`bailiwick measures`: every measure in words. It needs no store."""

import argparse
import json

from bailiwick.measures import MEASURES
from bailiwick.measures.dimensions import dimensions_of
from bailiwick.measures.told import described


def run(asked: argparse.Namespace) -> None:
    """Name, meaning, population, interval, smallest number, purpose, owner, readers and review date of each measure."""
    if asked.json:
        print(json.dumps([described(measure) for measure in MEASURES.values()], default=str))
        return
    for measure in MEASURES.values():
        print(f"{measure.name}\n    {measure.meaning}\n    Of: {measure.population}\n    By: {', '.join(dimensions_of(measure))}")
