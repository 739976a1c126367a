from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0011_mail_address"),
    ]

    operations = [
        migrations.AlterField(
            model_name="apitoken",
            name="scope",
            field=models.CharField(
                choices=[("read", "read"), ("write", "write"), ("dates", "dates"), ("mail", "mail"), ("deliver", "deliver")],
                max_length=7,
            ),
        ),
    ]
