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
        model = to_state.apps.get_model(app_label, self.name)
        table = model._meta.db_table
        role = schema_editor.quote_name(settings.APP_ROLE)
        run = schema_editor.execute
        run(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
        run(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
        run(f'CREATE POLICY network ON "{table}" USING ({POLICY}) WITH CHECK ({POLICY})')
        run(f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_in_network" UNIQUE (network_id, id)')
        run(f'GRANT SELECT, INSERT, UPDATE, DELETE ON "{table}" TO {role}')
        if self.append_only:
            run(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {role}')
        for field in model._meta.local_fields:
            if isinstance(field, TenantKey):
                _composite_key(run, table, field)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = from_state.apps.get_model(app_label, self.name)._meta.db_table
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
        model = to_state.apps.get_model(app_label, self.name)
        _composite_key(schema_editor.execute, model._meta.db_table, model._meta.get_field(self.field))

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        model = from_state.apps.get_model(app_label, self.name)
        table, column = model._meta.db_table, model._meta.get_field(self.field).column
        schema_editor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{table}_{column}_in_network"')

    def describe(self) -> str:
        return f"Keep {self.name}.{self.field} inside its network"


def _composite_key(run: Any, table: str, field: TenantKey) -> None:
    target = field.remote_field.model._meta.db_table
    run(
        f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_{field.column}_in_network" '
        f'FOREIGN KEY (network_id, "{field.column}") REFERENCES "{target}" (network_id, id) '
        "DEFERRABLE INITIALLY IMMEDIATE"
    )
