from django.db import migrations

from bailiwick.tenancy.operations import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0001_initial"),
    ]

    operations = [
        Wall("Organization"),
        Wall("Unit"),
        Wall("Person"),
        Wall("Membership"),
        Wall("Sight"),
    ]
