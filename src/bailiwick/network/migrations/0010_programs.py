import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from bailiwick.tenancy.operations import WallKey
from bailiwick.tenancy.walls import TenantKey

ANSWERED_FOR = models.Q(program=False, answerable=None) | models.Q(program=True, answerable__isnull=False, email="")


class Migration(migrations.Migration):
    dependencies = [("network", "0009_push_device"), ("tenancy", "0002_word")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="answerable",
            field=TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="programs", to="network.person"),
        ),
        migrations.AddField(model_name="person", name="program", field=models.BooleanField(default=False)),
        migrations.AddField(model_name="person", name="purpose", field=models.CharField(blank=True, default="", max_length=200)),
        migrations.AlterField(
            model_name="access",
            name="login",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="accesses",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(condition=ANSWERED_FOR, name="program_has_a_person_and_no_address"),
        ),
        WallKey("Person", "answerable"),
    ]
