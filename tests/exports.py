"""Imports in each of their states, as rows: what tests of doors and walls open."""

from bailiwick.exchange.models import Import, Refusal
from bailiwick.exchange.rules.mapping import Column, Mapping, TableMapping
from bailiwick.exchange.rules.mapping_file import to_json
from tests.village import NOW, Village

READ = Mapping("", tables=(TableMapping("deals.csv", "opportunity", (Column("opportunity.title", "Deal"),)),))
REPORT = {"created": {"opportunities": 1}, "changed": {}, "unchanged": {}, "refused": 1, "duplicates": 0, "findings": []}


def an_import(village: Village, state: str, source: str = "export", cell: str = "no day") -> Import:
    """An import of this state; one that was taken in refused a row."""
    was = state in ("taken", "undone")
    row = Import.objects.in_network(village.by).create(
        network_id=village.by.network, source=source, by=village.people["dora"].pk, state=state, created=NOW,
        mapping=to_json(READ), report=REPORT if was else {}, rows=2, taken=NOW if was else None, undone=NOW if state == "undone" else None,
    )  # fmt: skip
    if was:
        Refusal.objects.in_network(village.by).create(
            network_id=village.by.network,
            of=row,
            table="deals.csv",
            line=2,
            reason="It is decided, but no day says when.",
            cells=[cell],
        )
    return row
