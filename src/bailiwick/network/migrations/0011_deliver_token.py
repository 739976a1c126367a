from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0010_programs"),
    ]

    operations = [
        migrations.AlterField(
            model_name="apitoken",
            name="scope",
            field=models.CharField(
                choices=[("read", "read"), ("write", "write"), ("dates", "dates"), ("deliver", "deliver")], max_length=7
            ),
        ),
    ]
