"""What leaves with a network: every table of its rows and every column, found by walking them, or left out with the reason."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from bailiwick.tenancy.models import Network, TenantModel
from bailiwick.tenancy.walls import TenantKey

SECRET = "It opens doors of this installation, and no secret leaves it."  # noqa: S105
LEFT_OUT = {
    "tenancy_word": "Words of names, by which search finds rows: the store that takes the network in makes them itself.",
    "ledger_kept": "Answers to acts that came by doors of this installation, kept for a month in case they come again.",
    "exchange_givenfile": "Files on their way in, which whoever gave them has: they are given again.",
    "pipeline_arrival": "Proposed to one person and kept by nobody: no record of the network yet, and gone within a month.",
    "exchange_standingsource": "Their folders and tokens are of this installation: elsewhere they are made anew.",
    "exchange_incoming": "What came for standing sources, which stay.",
    "network_login": f"{SECRET} People come with their e-mail address and are invited anew.",
    "network_access": "Which login is which person: of this installation's logins, which stay.",
    "network_apitoken": SECRET,
    "network_invitation": SECRET,
    "network_session": SECRET,
    "network_pushdevice": "Browsers that are signed in at this installation and told by it.",
    "hooks_hook": "Their secrets are made of this installation's, and two installations must not tell the same: declared anew.",
    "hooks_delivery": "What is on its way to hooks, which stay.",
}
ASIDE = {"tenancy_network": frozenset({"slug"})}  # what the network is called here; elsewhere it may be called otherwise
# Columns that lead to rows by their ids, though the store holds no key: what they lead to may be gone, or be nobody.
LEADS_TO = {
    **dict.fromkeys(("unit", "unit_id"), "network_unit"),
    **dict.fromkeys(("person", "person_id", "viewer", "by"), "network_person"),
    **dict.fromkeys(("organization", "organization_id"), "network_organization"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it is written: its type in the store, and the table that it leads to."""

    name: str
    type: str
    null: bool
    leads_to: str = ""
    kept: bool = False  # the store keeps what it leads to
    choices: tuple[str, ...] = ()
    field: str = ""  # the name that a declared field of it would have

    @property
    def written(self) -> str:
        """How SQL says it so that nothing is lost: decimals are texts, for many readers make floats of numbers."""
        quoted = f'"{self.name}"'
        return f"{quoted}::text AS {quoted}" if self.type.startswith("numeric") else quoted


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows leave: its name, what it is, its columns (the id first), and which column names the network."""

    name: str
    what: str
    columns: tuple[Column, ...]
    network: str = "network_id"

    @property
    def file(self) -> str:
        """Its file in the parcel."""
        return f"{self.name}.jsonl"

    @property
    def leads_to_itself(self) -> tuple[str, ...]:
        """Columns that lead to rows of the same table."""
        return tuple(column.name for column in self.columns if column.kept and column.leads_to == self.name)


@cache
def moved() -> tuple[Table, ...]:
    """Every table that leaves: the network first, and each table after those that its keys lead to."""
    left = {table.name: table for table in map(_table, _models())}
    order = [_table(Network)]
    while left:
        free = [one for one in left.values() if not _needed(one) & left.keys()]
        if not free:
            raise RuntimeError(f"keys in a ring: {sorted(left)}")
        order += [left.pop(name) for name in sorted(one.name for one in free)]
    return tuple(order)


def _needed(table: Table) -> set[str]:
    return {column.leads_to for column in table.columns if column.kept} - {table.name}


def _models() -> list[type[TenantModel]]:
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if issubclass(model, TenantModel) and model._meta.db_table not in LEFT_OUT]


def _table(model: Any) -> Table:
    aside = ASIDE.get(model._meta.db_table, frozenset())
    fields = [field for field in model._meta.local_concrete_fields if field.column not in aside]
    columns = sorted((_column(model, field) for field in fields), key=lambda column: (column.name != "id", column.name))
    what = " ".join((model.__doc__ or "").split())
    return Table(model._meta.db_table, what, tuple(columns), "id" if model is Network else "network_id")


def _column(model: Any, field: Any) -> Column:
    if isinstance(field, models.BinaryField) or (isinstance(field, ArrayField) and isinstance(field.base_field, ArrayField)):
        raise TypeError(f"{model.__name__}.{field.name}: how would it be written?")
    key = isinstance(field, models.ForeignKey)
    leads_to = field.related_model._meta.db_table if key else LEADS_TO.get(field.column, "")
    return Column(
        name=field.column,
        type=str(field.db_type(connection)),
        null=field.null,
        leads_to=leads_to,
        kept=isinstance(field, TenantKey) or key,
        choices=tuple(str(value) for value, _ in field.flatchoices),
        field=f"{model._meta.model_name}.{field.name}",
    )
