import django.db.models.deletion
from django.db import migrations, models

import bailiwick.tenancy.models

ROLES = ("director", "manager", "seller", "partner_admin", "partner_seller", "client", "coach", "support_lead", "steward")


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0001_initial"),
        ("network", "0002_walls"),
    ]

    operations = [
        migrations.AddField(model_name="login", name="claimed", field=models.DateTimeField(null=True)),
        # No wall: it is found before a network is set. What the owner makes is open to the application (`cli.owner`).
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("person", models.UUIDField(null=True)),
                ("unit", models.UUIDField()),
                ("role", models.CharField(choices=[(role, role) for role in ROLES], max_length=20)),
                ("created", models.DateTimeField()),
                ("until", models.DateTimeField()),
                ("used", models.DateTimeField(null=True)),
                (
                    "network",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="tenancy.network"),
                ),
            ],
        ),
    ]
