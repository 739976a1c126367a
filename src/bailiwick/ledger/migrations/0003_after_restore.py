from django.conf import settings
from django.db import migrations

# A restore goes into a cluster whose transaction numbers begin again, far below the moments of the restored entries.
# Entries made after it must stand above all restored ones and above every sealed range: a seal may reach beyond the last
# entry, and an entry below its end would never be sealed. Called with nobody else at work, by a role that reads past the
# walls between networks (the ledger's own are in the way of its owner).
FORWARD = """
CREATE FUNCTION ledger_after_restore() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    UPDATE ledger_clock SET shift = greatest(0, 1 - pg_current_xact_id()::text::bigint + greatest(
        (SELECT coalesce(max(moment), 0) FROM ledger_entry), (SELECT coalesce(max(upto), 0) FROM ledger_seal)
    )) RETURNING shift
$$;
REVOKE EXECUTE ON FUNCTION ledger_after_restore() FROM PUBLIC;
"""


def close_the_clock(apps, schema_editor):
    """The application reads the clock and never sets it."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone()[0] != settings.APP_ROLE:
            role = schema_editor.quote_name(settings.APP_ROLE)
            schema_editor.execute(f"REVOKE INSERT, UPDATE, DELETE ON ledger_clock FROM {role}")


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_walls"),
    ]

    operations = [
        migrations.RunSQL(FORWARD, "DROP FUNCTION ledger_after_restore()"),
        migrations.RunPython(close_the_clock, migrations.RunPython.noop),
    ]
