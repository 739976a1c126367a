import django.db.models.deletion
from django.db import migrations, models

from bailiwick.tenancy.findable import folding
from bailiwick.tenancy.operations import Wall


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0001_initial")]

    operations = [
        migrations.RunSQL(folding(), "DROP FUNCTION words_of(text)"),
        migrations.CreateModel(
            name="Word",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "network_id", "kind", "word", "row", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(db_collation="C", max_length=20)),
                ("word", models.CharField(db_collation="C", max_length=40)),
                ("row", models.UUIDField()),
                (
                    "network",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.network"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["row", "word"], name="word_of_row")]},
        ),
        Wall("Word"),
    ]
