from django.db import migrations

from bailiwick.tenancy.operations import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("territories", "0001_initial"),
        ("offer", "0002_walls"),
    ]

    operations = [
        Wall("Territory"),
        Wall("Potential"),
        Wall("Account"),
        Wall("Tie"),
        Wall("AccountKey"),
        Wall("Contact"),
        Wall("Holding"),
    ]
