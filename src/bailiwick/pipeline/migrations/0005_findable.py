from django.db import migrations

from bailiwick.tenancy.findable import Findable


class Migration(migrations.Migration):
    dependencies = [("pipeline", "0004_leakproof_order"), ("tenancy", "0002_word")]

    operations = [
        migrations.RemoveIndex(model_name="opportunity", name="opportunity_words"),
        Findable("Opportunity", ("title",)),
        Findable("Lead", ("name", "company"), host="email", phone="phone", live="closed IS NULL"),
    ]
