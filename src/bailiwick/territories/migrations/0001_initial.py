import bailiwick.tenancy.models
import bailiwick.tenancy.walls
import django.contrib.postgres.constraints
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('offer', '0001_initial'),
        ('tenancy', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Territory',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('source', models.CharField(blank=True, default='', max_length=60)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('custom', models.JSONField(blank=True, default=dict)),
                ('name', models.CharField(max_length=200)),
                ('boundary', models.CharField(blank=True, default='', max_length=400)),
                ('unit_id', models.UUIDField(null=True)),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('network', 'name'), name='one_territory_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Potential',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('amount', models.DecimalField(decimal_places=2, max_digits=18)),
                ('currency', models.CharField(max_length=3)),
                ('since', models.DateField()),
                ('stated_by', models.CharField(max_length=200)),
                ('unit_id', models.UUIDField(null=True)),
                ('person_id', models.UUIDField(null=True)),
                ('organization_id', models.UUIDField(null=True)),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
                ('territory', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='potentials', to='territories.territory')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('network', 'territory', 'since'), name='one_potential_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('source', models.CharField(blank=True, default='', max_length=60)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('custom', models.JSONField(blank=True, default=dict)),
                ('name', models.CharField(max_length=200)),
                ('city', models.CharField(blank=True, default='', max_length=120)),
                ('country', models.CharField(blank=True, default='', max_length=60)),
                ('phone', models.CharField(blank=True, default='', max_length=60)),
                ('website', models.CharField(blank=True, default='', max_length=200)),
                ('domain', models.CharField(blank=True, default='', max_length=200)),
                ('registration', models.CharField(blank=True, default='', max_length=60)),
                ('tax_number', models.CharField(blank=True, default='', max_length=60)),
                ('sector', models.CharField(blank=True, default='', max_length=120)),
                ('last_contact', models.DateField(null=True)),
                ('created', models.DateTimeField()),
                ('archived', models.DateTimeField(null=True)),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
                ('territory', bailiwick.tenancy.walls.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='territories.territory')),
            ],
            options={
                'indexes': [models.Index(models.F('network'), models.F('name'), models.F('id'), name='account_by_name'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('name', config='simple'), name='account_words')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('network', 'source', 'source_id'), name='account_from_source_once')],
            },
        ),
        migrations.CreateModel(
            name='Tie',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('unit_id', models.UUIDField(null=True)),
                ('person_id', models.UUIDField(null=True)),
                ('organization_id', models.UUIDField(null=True)),
                ('account', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='ties', to='territories.account')),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
            ],
            options={
                'indexes': [models.Index(fields=['network', 'person_id', 'account'], name='tie_person'), models.Index(fields=['network', 'unit_id', 'account'], name='tie_unit')],
                'constraints': [models.UniqueConstraint(fields=('network', 'account', 'unit_id', 'person_id', 'organization_id'), name='one_tie_a_person_and_unit', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='AccountKey',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=20)),
                ('value', models.CharField(max_length=200)),
                ('account', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='keys', to='territories.account')),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
            ],
            options={
                'indexes': [models.Index(fields=['network', 'kind', 'value'], name='account_key')],
                'constraints': [models.UniqueConstraint(fields=('network', 'account', 'kind', 'value'), name='one_key_of_a_kind_an_account')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('source', models.CharField(blank=True, default='', max_length=60)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('custom', models.JSONField(blank=True, default=dict)),
                ('name', models.CharField(max_length=200)),
                ('position', models.CharField(blank=True, default='', max_length=120)),
                ('email', models.EmailField(blank=True, default='', max_length=254)),
                ('phone', models.CharField(blank=True, default='', max_length=60)),
                ('created', models.DateTimeField()),
                ('archived', models.DateTimeField(null=True)),
                ('erased', models.DateTimeField(null=True)),
                ('account', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='territories.account')),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
            ],
            options={
                'indexes': [models.Index(fields=['network', 'account'], name='contact_account'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('name', config='simple'), name='contact_words')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('network', 'source', 'source_id'), name='contact_from_source_once')],
            },
        ),
        migrations.CreateModel(
            name='Holding',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('person_id', models.UUIDField(null=True)),
                ('unit_id', models.UUIDField(null=True)),
                ('organization_id', models.UUIDField(null=True)),
                ('contested', models.BooleanField(default=False)),
                ('reason', models.CharField(max_length=30)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('account', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='territories.account')),
                ('line', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='offer.salesline')),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('until', None)), fields=['network', 'person_id'], name='holding_person')],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('account'), models.F('account'), models.Value('[]'), function='uuid_range'), '&&'), (models.Func(models.F('line'), models.F('line'), models.Value('[]'), function='uuid_range'), '&&'), (models.Func(models.F('since'), models.F('until'), function='tstzrange'), '&&')], name='one_holder_an_account_and_line'), models.CheckConstraint(condition=models.Q(('contested', True), ('person_id__isnull', False), _connector='XOR'), name='held_or_contested'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='holding_ends_later')],
            },
        ),
    ]
