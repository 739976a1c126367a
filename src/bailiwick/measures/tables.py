"""The tables that measures are written over: their names, and those of their columns that a measure may use."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ibis

OWNED = {"unit_id": "uuid", "person_id": "uuid", "organization_id": "uuid"}
# Name of a table in a measure: the table of the store, and its columns with their types.
TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "opportunity": (
        "pipeline_opportunity",
        {
            "id": "uuid", **OWNED, "account_id": "uuid", "step_id": "uuid", "value": "decimal(18, 2)", "currency": "string",
            "expected": "date", "entered": "date", "outcome": "string", "decided": "date", "reason": "string",
            "origin": "string", "stated_discount": "decimal(7, 4)", "stale_on_arrival": "boolean",
        },
    ),
    "line": (
        "pipeline_line",
        {
            "id": "uuid", "opportunity_id": "uuid", "product_id": "uuid", "price_version_id": "uuid",
            "quantity": "decimal(14, 3)", "price": "decimal(18, 4)",
        },
    ),
    "stage": ("pipeline_stage", {"id": "uuid", "opportunity_id": "uuid", "step_id": "uuid", "entered": "date"}),
    "activity": (
        "pipeline_activity",
        {"id": "uuid", **OWNED, "account_id": "uuid", "opportunity_id": "uuid", "kind": "string", "day": "date"},
    ),
    "step": ("pipeline_step", {"id": "uuid", "process_id": "uuid", "place": "int16", "name": "string"}),
    "product": ("offer_product", {"id": "uuid", "line_id": "uuid"}),
    "price": ("offer_price", {"id": "uuid", "list_price": "decimal(18, 4)"}),
    "account": ("territories_account", {"id": "uuid", "territory_id": "uuid", "sector": "string", "country": "string"}),
    "person": ("network_person", {"id": "uuid", "program": "boolean"}),
    "membership": (
        "network_membership",
        {"unit_id": "uuid", "person_id": "uuid", "role": "string", "since": "timestamp('UTC')", "until": "timestamp('UTC')"},
    ),
}  # fmt: skip
# Tables that say how the network is built: read whole. Of every other table a measure sees the rows in sight only.
STRUCTURE = frozenset({"step", "product", "price", "account", "membership", "person"})
# What was asked, as a table of one row: the "today" of figures, and the first and last day of the period (null: no end).
ASKED = {"as_of": "date", "since": "date", "until": "date"}


class Tables:
    """The tables of one expression; remembers which of them were used."""

    def __init__(self) -> None:
        self.used: list[str] = []

    def __getattr__(self, name: str) -> "ibis.Table":
        """The unbound table called `name`."""
        import ibis

        if name == "asked":
            return ibis.table(ASKED, name="asked")
        if name not in TABLES:
            raise AttributeError(name)
        if name not in self.used:
            self.used.append(name)
        columns: Any = TABLES[name][1]
        return ibis.table(columns, name=name)
