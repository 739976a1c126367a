"""`bailiwick measures`: every measure in words. It needs no store."""

import argparse
import json

from bailiwick.measures import MEASURES, Measure
from bailiwick.measures.dimensions import dimensions_of


def run(asked: argparse.Namespace) -> None:
    """Name, meaning, population, interval, smallest number, purpose, owner, readers and review date of each measure."""
    if asked.json:
        print(json.dumps([described(measure) for measure in MEASURES.values()]))
        return
    for measure in MEASURES.values():
        print(f"{measure.name}\n    {measure.meaning}\n    Of: {measure.population}\n    By: {', '.join(dimensions_of(measure))}")


def described(measure: Measure) -> dict[str, object]:
    """A measure as plain values."""
    return {
        "name": measure.name,
        "label": str(measure.label),
        "meaning": str(measure.meaning),
        "population": str(measure.population),
        "interval": str(measure.interval),
        "unit": str(measure.unit),
        "minimum": measure.minimum,
        "purpose": str(measure.purpose),
        "owner": str(measure.owner),
        "readers": [str(role) for role in measure.readers],
        "review": measure.review.isoformat(),
        "version": measure.version,
        "by": list(dimensions_of(measure)),
    }
