"""Migrations, run as the owner of the tables in a process of their own: `python -m bailiwick.cli.owner`."""

import os
import sys


def main() -> None:
    """Open what the owner makes to the application's role, then migrate, one process at a time."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bailiwick.config.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from bailiwick.vitals.tables import migrations_digest

    django.setup()
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
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    with connection.cursor() as cursor:
        # Only after the last migration: a start that was killed half-way finds no digest and migrates again.
        cursor.execute(f"COMMENT ON SCHEMA public IS '{migrations_digest()}'")


if __name__ == "__main__":
    main()
    sys.exit(0)
