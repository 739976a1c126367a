import django.db.models.deletion
from django.db import migrations, models

import bailiwick.tenancy.models
import bailiwick.tenancy.walls
from bailiwick.tenancy.operations import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0003_setup_answer"),
        ("tenancy", "0002_word"),
    ]

    operations = [
        migrations.CreateModel(
            name="StandingSource",
            fields=[
                (
                    "id",
                    models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("source", models.CharField(max_length=60)),
                ("folder", models.CharField(max_length=60)),
                ("by", models.UUIDField()),
                ("night", models.TimeField(null=True)),
                ("token", models.UUIDField(null=True)),
                ("masters", models.JSONField(default=dict)),
                ("links", models.JSONField(default=dict)),
                ("began", models.DateTimeField()),
                ("taken", models.DateTimeField(null=True)),
                ("trouble", models.JSONField(null=True)),
                ("ended", models.DateTimeField(null=True)),
                (
                    "network",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.network"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Incoming",
            fields=[
                (
                    "id",
                    models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=200)),
                ("size", models.PositiveBigIntegerField()),
                ("stamp", models.BigIntegerField(default=0)),
                ("digest", models.CharField(max_length=64)),
                ("came", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("given", "Given"),
                            ("taken", "Taken"),
                            ("again", "Again"),
                            ("refused", "Refused"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("content", models.BinaryField(null=True)),
                ("export", models.UUIDField(null=True)),
                (
                    "network",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.network"
                    ),
                ),
                (
                    "of",
                    bailiwick.tenancy.walls.TenantKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="incoming", to="exchange.standingsource"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="standingsource",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended", None)), fields=("network", "source"), name="one_standing_a_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="standingsource",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended", None)), fields=("network", "folder"), name="one_standing_a_folder"
            ),
        ),
        migrations.AddIndex(
            model_name="incoming",
            index=models.Index(fields=["network", "of", "came"], name="incoming_by_day"),
        ),
        Wall("StandingSource"),
        Wall("Incoming"),
    ]
