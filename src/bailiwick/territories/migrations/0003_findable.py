from django.db import migrations

from bailiwick.tenancy.findable import Findable


class Migration(migrations.Migration):
    dependencies = [("territories", "0002_walls"), ("tenancy", "0002_word")]

    operations = [
        migrations.RemoveIndex(model_name="account", name="account_words"),
        migrations.RemoveIndex(model_name="contact", name="contact_words"),
        Findable(
            "Account", ("name", "city", "registration", "tax_number"), host="domain", phone="phone", live="archived IS NULL"
        ),
        Findable("Contact", ("name",), host="email", phone="phone", live="archived IS NULL AND erased IS NULL"),
    ]
