import bailiwick.tenancy.models
import bailiwick.tenancy.walls
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('tenancy', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PriceList',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('currency', models.CharField(max_length=3)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('network', 'name', 'edition'), name='one_edition_a_price_list'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='price_list_ends_later')],
            },
        ),
        migrations.CreateModel(
            name='SalesLine',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('source', models.CharField(blank=True, default='', max_length=60)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('custom', models.JSONField(blank=True, default=dict)),
                ('name', models.CharField(max_length=120)),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('network', 'name'), name='one_sales_line_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('source', models.CharField(blank=True, default='', max_length=60)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('custom', models.JSONField(blank=True, default=dict)),
                ('name', models.CharField(max_length=200)),
                ('code', models.CharField(blank=True, default='', max_length=60)),
                ('archived', models.DateTimeField(null=True)),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
                ('line', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='products', to='offer.salesline')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('network', 'name'), name='one_product_a_name'), models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('network', 'source', 'source_id'), name='product_from_source_once')],
            },
        ),
        migrations.CreateModel(
            name='Price',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('list_price', models.DecimalField(decimal_places=4, max_digits=18)),
                ('floor', models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                ('cost', models.DecimalField(decimal_places=4, max_digits=18, null=True)),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
                ('price_list', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='prices', to='offer.pricelist')),
                ('product', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='prices', to='offer.product')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('network', 'price_list', 'product'), name='one_price_a_product_and_list')],
            },
        ),
    ]
