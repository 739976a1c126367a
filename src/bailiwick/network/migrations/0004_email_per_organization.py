from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0003_invitation"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="person", name="one_person_an_email"),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                "network", "organization", Lower("email"), condition=~Q(email=""), name="one_person_an_email"
            ),
        ),
    ]
