from django.db import migrations

from bailiwick.tenancy.operations import Wall


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial"), ("tenancy", "0001_initial")]

    operations = [
        Wall("Import"),
        Wall("GivenFile"),
        Wall("Taken"),
        Wall("Refusal"),
    ]
