from django.db import migrations

from bailiwick.tenancy.findable import Findable


class Migration(migrations.Migration):
    dependencies = [("network", "0005_feed_of_dates"), ("tenancy", "0002_word")]

    operations = [Findable("Person", ("name",), live="erased IS NULL")]
