import datetime

from django.db import migrations, models


def due():
    """The day of the order as it was when this was written (pipeline.models.opportunities.due)."""
    never = models.Value(datetime.date(9999, 12, 31))
    return models.Case(models.When(expected=None, then=never), default=models.F("expected"), output_field=models.DateField())


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0005_feed_of_dates"),
        ("pipeline", "0003_price_may_be_unknown"),
        ("tenancy", "0001_initial"),
        ("territories", "0002_walls"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="opportunity",
            name="opportunity_due",
        ),
        migrations.AddIndex(
            model_name="opportunity",
            index=models.Index(models.F("network"), due(), models.F("id"), name="opportunity_due"),
        ),
        migrations.AddIndex(
            model_name="opportunity",
            index=models.Index(
                models.F("network"),
                models.F("step"),
                due(),
                models.F("id"),
                condition=models.Q(("outcome", "open")),
                include=("currency", "value", "expected", "stale_on_arrival", "process", "unit", "person", "organization"),
                name="opportunity_open_by_step",
            ),
        ),
    ]
