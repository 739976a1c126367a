"""Migrations, run as the owner of the tables in a process of their own: `python -m bailiwick.cli.owner`."""

import os
import sys


def main() -> int:
    """Migrated, or 1 with a line that says what the disk or the store had against it."""
    try:
        migrate()
    except Exception as why:
        from bailiwick.cli.trouble import as_refusal

        trouble = as_refusal(why)
        if trouble is None:
            raise
        print(f"bailiwick: {trouble.sentence}", file=sys.stderr)
        return 1
    return 0


def migrate() -> None:
    """Open what the owner makes to the application's role, then migrate, one process at a time."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bailiwick.config.settings")
    import django
    from django.core.management import call_command
    from django.db import connection

    from bailiwick.vitals.tables import migrations_digest

    django.setup()
    open_to_application()
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    with connection.cursor() as cursor:
        # Only after the last migration: a start that was killed half-way finds no digest and migrates again.
        cursor.execute(f"COMMENT ON SCHEMA public IS '{migrations_digest()}'")


def open_to_application() -> None:
    """What the owner makes from now on is open to the application's role; others who migrate wait for this connection's end."""
    from django.conf import settings
    from django.db import connection

    with connection.cursor() as cursor:
        # Two starts at once would both migrate; the second waits here and finds nothing left to do.
        cursor.execute("SELECT pg_advisory_lock(hashtext('bailiwick.migrate'))")
        role = connection.ops.quote_name(settings.APP_ROLE)
        cursor.execute("SELECT current_user = %s", [settings.APP_ROLE])
        if not cursor.fetchone()[0]:
            tables = "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES"
            cursor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public {tables} TO {role}")
            cursor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}")
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")


if __name__ == "__main__":
    sys.exit(main())
