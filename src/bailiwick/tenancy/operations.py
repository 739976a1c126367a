"""The one migration operation for tenant tables: policy, grants, and keys that cannot cross networks."""

from typing import Any

from django.conf import settings
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from bailiwick.tenancy.walls import TenantKey

POLICY = "network_id = nullif(current_setting('app.network', true), '')::uuid"


class Wall(Operation):
    """Close the table of `name` between networks.

    `append_only` takes update and delete from the application: what is written stays.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, name: str, append_only: bool = False) -> None:
        self.name, self.append_only = name, append_only

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """A wall changes no column."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table, keys = _written(to_state, app_label, self.name)
        role = schema_editor.quote_name(settings.APP_ROLE)
        run = schema_editor.execute
        run(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        run(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        run(f'CREATE POLICY network ON "{table}" USING ({POLICY}) WITH CHECK ({POLICY})')
        if "id" in to_state.models[app_label, self.name.lower()].fields:
            run(f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_in_network" UNIQUE (network_id, id)')
        run(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{table}" TO {role}')
        if self.append_only:
            run(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {role}')
        for column, target in keys.items():
            run(_composite_key(table, column, target))

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table, _ = _written(from_state, app_label, self.name)
        schema_editor.execute(f'DROP POLICY network ON "{table}"')
        schema_editor.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')

    def describe(self) -> str:
        return f"Close {self.name} between networks"


class WallKey(Operation):
    """Make a `TenantKey` added after the table's wall composite."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, name: str, field: str) -> None:
        self.name, self.field = name, field

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """A key changes no column."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table, keys = _written(to_state, app_label, self.name)
        column = f"{self.field}_id"
        schema_editor.execute(_composite_key(table, column, keys[column]))

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table, _ = _written(to_state, app_label, self.name)
        schema_editor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{table}_{self.field}_id_in_network"')

    def describe(self) -> str:
        return f"Keep {self.name}.{self.field} inside its network"


def _written(state: ProjectState, app_label: str, name: str) -> tuple[str, dict[str, str]]:
    """The table of a model, and its tenant keys as column -> table.

    Read from the state's plain description: rendering all models for each wall took four seconds of every first start.
    """
    keys = {}
    for field_name, field in state.models[app_label, name.lower()].fields.items():
        if isinstance(field, TenantKey):
            model: Any = field.remote_field.model
            target: str = model if isinstance(model, str) else model._meta.label
            to_app, _, to_name = target.rpartition(".")
            keys[f"{field_name}_id"] = f"{to_app or app_label}_{(name if target == 'self' else to_name).lower()}"
    return f"{app_label}_{name.lower()}", keys


def _composite_key(table: str, column: str, target: str) -> str:
    return (
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_{column}_in_network" '
        f'FOREIGN KEY (network_id, "{column}") REFERENCES "{target}" (network_id, id) '
        "DEFERRABLE INITIALLY IMMEDIATE"
    )
