from django.db import migrations

from bailiwick.tenancy.operations import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("lists", "0001_initial"),
    ]

    operations = [
        Wall("View"),
        Wall("Change"),
    ]
