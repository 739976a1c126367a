from django.db import migrations

from bailiwick.tenancy.operations import Wall


class Migration(migrations.Migration):
    dependencies = [
        ("offer", "0001_initial"),
    ]

    operations = [
        Wall("SalesLine"),
        Wall("Product"),
        Wall("PriceList"),
        Wall("Price"),
    ]
