"""The second wall: what the catalog of the test database says about every table."""

import re
from typing import Any

import pytest
from django.db import ProgrammingError, connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

from bailiwick.tenancy.models import Network, TenantModel, Word
from bailiwick.tenancy.operations import POLICY, Wall
from bailiwick.tenancy.walls import TenantKey, UnscopedQuery
from tests.house.source import tenant_models
from tests.village import Village

pytestmark = pytest.mark.django_db

# Tables that are no tenant tables, each with its reason. A table that is on neither list fails.
OPEN_TABLES = {
    "tenancy_network": "the tenant itself, found by its slug before a network is set",
    "network_login": "global: one login may be several persons in several networks",
    "network_access": "leads from a login to a network, so it is read before one is set",
    "network_apitoken": "a token names its network, so its hash is found before one is set",
    "network_invitation": "names the network into which it leads, so its hash is found before one is set",
    "ledger_clock": "the one number that keeps the ledger's order across a restore; of the store, not of a network",
    "network_session": "web sessions, found by cookie before anybody is known",
    "network_pushdevice": "of a session, which it ends with; sessions are global",
    "network_attempt": "how often lately somebody tried to sign in, by hashed keys: counted before anybody is known",
    "network_pace": "what tokens asked in this minute: counted before a network is set",
    "socialaccount_socialaccount": "allauth: by which name a company's provider knows a login; logins are global",
    "socialaccount_socialapp": "allauth: empty, the one provider stands in the settings",
    "socialaccount_socialtoken": "allauth: empty, tokens of the provider are not kept",
    "mfa_authenticator": "allauth: second factors of logins, which are global; their secrets are encrypted",
    "django_migrations": "what this store was brought up to",
    "django_content_type": "names of models, wanted by Django's permissions",
    "auth_permission": "Django's permissions: empty of meaning here, rights follow from memberships",
    "auth_group": "as auth_permission",
    "auth_group_permissions": "as auth_permission",
    "account_emailaddress": "allauth: addresses of logins, which are global",
    "account_emailconfirmation": "allauth: as account_emailaddress",
}
# Tables with a column network_id that are found before a network is set.
BEFORE_A_NETWORK = {
    "network_access": "see above; it is asked for one login or one network at a time",
    "network_invitation": "see above; it is asked for one hash, or one person of one network, at a time",
}
REFUSED = "permission denied"


def rows(statement: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def tables() -> set[str]:
    return {
        row[0]
        for row in rows("SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace")
    }


def table_of(model: type[Model]) -> str:
    return model._meta.db_table


def append_only() -> list[str]:
    """The tables that their wall declares so."""
    found = []
    for migration in MigrationLoader(None).disk_migrations.values():
        found += [
            f"{migration.app_label}_{one.name.lower()}"
            for one in migration.operations
            if isinstance(one, Wall) and one.append_only
        ]
    return sorted(found)


def test_every_table_is_a_tenant_table_or_is_open_for_a_reason() -> None:
    assert tables() - {table_of(model) for model in tenant_models()} == set(OPEN_TABLES)


def test_every_table_with_a_network_is_a_tenant_table_or_is_read_before_one_is_set() -> None:
    with_network = {
        row[0]
        for row in rows(
            "SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid "
            "WHERE attname = 'network_id' AND relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
    }
    assert with_network - {table_of(model) for model in tenant_models()} == set(BEFORE_A_NETWORK)


def test_every_tenant_table_is_closed_by_row_level_security_also_for_its_owner() -> None:
    closed = {row[0] for row in rows("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")}
    assert {table_of(model) for model in tenant_models()} <= closed


def plain(expression: str | None) -> str:
    """An expression without what PostgreSQL adds when it writes it: capitals, parentheses, casts of its own."""
    return re.sub(r"::text|[()\s]", "", (expression or "").lower())


def test_every_tenant_table_has_exactly_the_policy_of_the_network() -> None:
    found: dict[str, list[tuple[Any, ...]]] = {}
    for table, *policy in rows("SELECT tablename, policyname, permissive, cmd, roles::text[], qual, with_check FROM pg_policies"):
        found.setdefault(table, []).append((*policy[:4], plain(policy[4]), plain(policy[5])))
    wanted = [("network", "PERMISSIVE", "ALL", ["public"], plain(POLICY), plain(POLICY))]
    assert {table_of(model): found.get(table_of(model)) for model in tenant_models()} == {
        table_of(model): wanted for model in tenant_models()
    }


def constraints(kind: str) -> dict[str, set[tuple[Any, ...]]]:
    """By table: (columns, table pointed to, columns there) of each constraint of a kind."""
    found: dict[str, set[tuple[Any, ...]]] = {}
    names = (
        "SELECT array_agg(attname ORDER BY place) FROM unnest({0}) WITH ORDINALITY k(number, place) "
        "JOIN pg_attribute ON attrelid = {1} AND attnum = number"
    )
    told = rows(
        f"SELECT c.conrelid::regclass::text, ({names.format('c.conkey', 'c.conrelid')}), "
        f"nullif(c.confrelid, 0)::regclass::text, ({names.format('c.confkey', 'c.confrelid')}) "
        "FROM pg_constraint c WHERE c.contype = %s AND c.convalidated AND c.connamespace = 'public'::regnamespace",
        kind,
    )
    for table, columns, target, there in told:
        found.setdefault(table, set()).add((tuple(columns), target, tuple(there or ())))
    return found


def test_every_tenant_table_can_be_pointed_at_inside_its_network() -> None:
    unique, pointed_at = constraints("u"), [model for model in tenant_models() if model is not Word]  # a word has no id
    assert not [
        table_of(model) for model in pointed_at if (("network_id", "id"), None, ()) not in unique.get(table_of(model), set())
    ]


def test_every_tenant_key_is_composite_so_that_it_cannot_cross_networks() -> None:
    keys, crossing = constraints("f"), []
    for model in tenant_models():
        for field in model._meta.local_fields:
            if isinstance(field, TenantKey):
                wanted = (("network_id", field.column), table_of(field.related_model), ("network_id", "id"))
                if wanted not in keys.get(table_of(model), set()):
                    crossing.append(f"{model._meta.label}.{field.name}")
    assert not crossing, "add WallKey to the migration that adds the key"


def test_every_key_between_tenant_tables_is_a_tenant_key() -> None:
    plain = [
        f"{model._meta.label}.{field.name}"
        for model in tenant_models()
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and not isinstance(field, TenantKey) and field.related_model is not Network
    ]
    assert not plain


def test_what_is_unique_in_a_tenant_table_is_unique_inside_its_network() -> None:
    told = rows(
        "SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, a.attname FROM pg_index i "
        "LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] "
        "WHERE i.indisunique AND NOT i.indisprimary"
    )
    ours = {table_of(model) for model in tenant_models()}
    assert not [f"{table}: {index}" for table, index, first in told if table in ours and first != "network_id"]


def test_the_application_is_neither_superuser_nor_owner_of_a_table() -> None:
    assert rows("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user") == [(False,)]
    assert not rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user")


def test_without_a_network_no_tenant_table_shows_a_row(settled_village: Village) -> None:
    open_ones = [model._meta.label for model in tenant_models() if rows(f'SELECT FROM "{table_of(model)}" LIMIT 1')]
    assert not open_ones


def test_in_another_network_no_tenant_table_shows_a_row(settled_village: Village) -> None:
    with transaction.atomic():
        rows("SELECT set_config('app.network', gen_random_uuid()::text, true)")
        open_ones = [model._meta.label for model in tenant_models() if rows(f'SELECT FROM "{table_of(model)}" LIMIT 1')]
    assert not open_ones


def test_the_ledger_its_seals_and_the_list_of_the_erased_are_append_only() -> None:
    assert append_only() == ["ledger_entry", "ledger_erasure", "ledger_seal"]


@pytest.mark.parametrize("table", append_only())
@pytest.mark.parametrize("act", ["UPDATE {0} SET network_id = network_id", "DELETE FROM {0}", "TRUNCATE {0}"])
def test_the_application_can_change_nothing_that_is_append_only(table: str, act: str, village: Village) -> None:
    with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
        rows(act.format(table))


@pytest.mark.parametrize("act", ["UPDATE {0} SET shift = shift", "DELETE FROM {0}", "TRUNCATE {0}"])
def test_the_application_cannot_turn_the_clock_of_the_ledger(act: str) -> None:
    with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
        rows(act.format("ledger_clock"))


@pytest.mark.parametrize("model", tenant_models(), ids=lambda model: model._meta.label)
def test_a_tenant_table_is_never_asked_for_all(model: type[TenantModel]) -> None:
    for ask in (model.objects.all, model.objects.count, model.objects.first, lambda: model.objects.filter(pk=None)):
        with pytest.raises(UnscopedQuery):
            ask()
    assert model._default_manager.__class__.__name__ == "Walled"


@pytest.mark.parametrize("model", tenant_models(), ids=lambda model: model._meta.label)
def test_every_tenant_table_says_who_sees_it_and_nobody_without_a_role_sees_all(
    model: type[TenantModel], village: Village
) -> None:
    from bailiwick.kit import Scope

    nobody = Scope(village.by.network, village.by.person)
    assert not model.objects.seen_by(nobody).exists()
