"""A measure in plain values."""

from typing import Any

from bailiwick.measures.definition import Measure
from bailiwick.measures.dimensions import dimensions_of


def described(measure: Measure) -> dict[str, Any]:
    """What a measure says about itself."""
    return {
        "name": measure.name,
        "label": measure.label,
        "meaning": measure.meaning,
        "population": measure.population,
        "interval": measure.interval,
        "unit": str(measure.unit),
        "minimum": measure.minimum,
        "purpose": measure.purpose,
        "owner": str(measure.owner),
        "readers": [str(role) for role in measure.readers],
        "review": measure.review,
        "version": measure.version,
        "by": list(dimensions_of(measure)),
    }
