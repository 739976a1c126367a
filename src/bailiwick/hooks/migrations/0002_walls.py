from django.db import migrations

from bailiwick.tenancy.operations import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("hooks", "0001_initial"),
    ]

    operations = [
        Wall("Hook"),
        Wall("Delivery"),
    ]
