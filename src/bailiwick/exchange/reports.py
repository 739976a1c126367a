"""What is told of an import, rehearsed or taken in: the same words for page, API and command line."""

from collections.abc import Mapping
from typing import Any

from bailiwick.exchange.rules.records import Rehearsal

Counts = Mapping[str, int]


def told(rehearsal: Rehearsal, source: str, *, created: Counts, changed: Counts, unchanged: Counts) -> dict[str, Any]:
    """Counts by kind, and what was found in the data."""
    return {
        "source": source,
        "rows": rehearsal.rows,
        "accepted": rehearsal.accepted,
        "created": dict(created),
        "changed": dict(changed),
        "unchanged": dict(unchanged),
        "duplicates": rehearsal.duplicates,
        "refused": len(rehearsal.refused),
        "refused_file": None,
        "as_of": rehearsal.as_of.isoformat() if rehearsal.as_of else None,
        "findings": [
            {"kind": one.kind, "rows": one.rows, "sentence": str(one.sentence), "examples": [list(at) for at in one.examples]}
            for one in rehearsal.findings
        ],
    }
