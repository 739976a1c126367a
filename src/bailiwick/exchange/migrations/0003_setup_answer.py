import django.db.models.deletion
from django.db import migrations, models

import bailiwick.tenancy.models
from bailiwick.tenancy.operations import Wall


class Migration(migrations.Migration):
    dependencies = [("exchange", "0002_walls"), ("tenancy", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SetupAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False),
                ),
                ("question", models.CharField(max_length=20)),
                ("state", models.CharField(choices=[("later", "Later"), ("agreed", "Agreed")], max_length=10)),
                ("since", models.DateTimeField()),
                (
                    "network",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.network"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="setupanswer",
            constraint=models.UniqueConstraint(fields=("network", "question"), name="one_setup_answer_a_question"),
        ),
        Wall("SetupAnswer"),
    ]
