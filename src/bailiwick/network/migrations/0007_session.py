import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# What allauth counts of attempts (Django's own table of a cache), and what tokens ask in a minute. Unlogged: a crash may
# forget them.
COUNTS = """
    CREATE UNLOGGED TABLE network_attempt (
        cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamp with time zone NOT NULL
    );
    CREATE INDEX network_attempt_expires ON network_attempt (expires);
    CREATE UNLOGGED TABLE network_pace (token uuid PRIMARY KEY, minute bigint NOT NULL, n integer NOT NULL);
"""


class Migration(migrations.Migration):
    dependencies = [("network", "0006_findable")]

    operations = [
        migrations.RunSQL(COUNTS, "DROP TABLE network_attempt; DROP TABLE network_pace"),
        migrations.CreateModel(
            name="Session",
            fields=[
                ("session_key", models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key")),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("network", models.UUIDField(null=True)),
                ("device", models.CharField(default="", max_length=60)),
                ("begun", models.DateTimeField(null=True)),
                ("seen", models.DateField(null=True)),
                (
                    "login",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "session", "verbose_name_plural": "sessions", "abstract": False},
        ),
        # Sessions of the releases before: everybody signs in anew.
        migrations.RunSQL("DROP TABLE IF EXISTS django_session", migrations.RunSQL.noop),
    ]
