from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("network", "0007_session")]

    operations = [
        migrations.AddField(model_name="person", name="remind_tasks", field=models.BooleanField(default=True)),
        migrations.AddField(model_name="person", name="remind_promises", field=models.BooleanField(default=True)),
    ]
