from django.db import migrations

from bailiwick.tenancy.operations import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0001_initial"),
    ]

    operations = [
        Wall("Entry", append_only=True),
        Wall("Seal", append_only=True),
        Wall("AccessRecord"),
        Wall("Kept"),
        Wall("Erasure", append_only=True),
    ]
