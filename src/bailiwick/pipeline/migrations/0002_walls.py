from django.db import migrations

from bailiwick.tenancy.operations import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("pipeline", "0001_initial"),
        ("network", "0002_walls"),
        ("offer", "0002_walls"),
        ("territories", "0002_walls"),
    ]

    operations = [
        Wall("Process"),
        Wall("Step"),
        Wall("Lead"),
        Wall("Opportunity"),
        Wall("Line"),
        Wall("Stage"),
        Wall("Activity"),
        Wall("Promise"),
    ]
