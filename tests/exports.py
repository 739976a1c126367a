"""A small export, and imports in each of their states as rows: what tests of doors and walls open."""

from django.utils.text import slugify

from bailiwick.exchange.models import Import, Refusal, StandingSource
from bailiwick.exchange.rules.mapping import Column, Mapping, TableMapping
from bailiwick.exchange.rules.mapping_file import to_json
from tests.village import NOW, Village

HEADER = "Deal Id,Deal Name,Company,Seller,Stage,Value,Created,Close Date"
COMPANIES, SELLERS = ("Kranwerk AG", "Nordseil GmbH", "Hafenkette KG", "Seilbau Ost"), ("Mia Muster", "Tom Tester")
STAGES = ("Won", "Lost", "Proposal", "Qualified")


def row(n: int) -> str:
    stage, company, seller = STAGES[n % 4], COMPANIES[n // 4 % 4], SELLERS[n % 2]
    close = f"2026-{3 + n % 6:02}-{1 + n:02}" if n % 4 < 2 else f"2027-03-{1 + n:02}"
    return f"{n},Hoist {n},{company},{seller},{stage},{1000 + 50 * n},2026-01-{1 + n:02},{close}"


# Twenty-four deals of four companies, and one whose day is none and whose name is a formula.
DEALS = "\n".join([HEADER, *map(row, range(24)), "24,=1+1,Seilbau Ost,Mia Muster,Lost,1000,2026-03-06,never", ""])

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


def a_standing_source(village: Village, source: str = "crm") -> StandingSource:
    """A source that stands, made by the director."""
    row: StandingSource
    row, _ = StandingSource.objects.in_network(village.by).get_or_create(
        source=source,
        ended=None,
        defaults={"network_id": village.by.network, "folder": slugify(source), "by": village.people["dora"].pk, "began": NOW},
    )
    return row
