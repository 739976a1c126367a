import bailiwick.tenancy.models
import bailiwick.tenancy.walls
import datetime
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('network', '0001_initial'),
        ('offer', '0001_initial'),
        ('tenancy', '0001_initial'),
        ('territories', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Lead',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('source', models.CharField(blank=True, default='', max_length=60)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('custom', models.JSONField(blank=True, default=dict)),
                ('name', models.CharField(max_length=200)),
                ('company', models.CharField(blank=True, default='', max_length=200)),
                ('email', models.EmailField(blank=True, default='', max_length=254)),
                ('phone', models.CharField(blank=True, default='', max_length=60)),
                ('origin', models.CharField(blank=True, default='', max_length=120)),
                ('entered', models.DateField(null=True)),
                ('closed', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, default='', max_length=200)),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
                ('organization', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organization')),
                ('person', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.person')),
                ('unit', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.unit')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('closed', None)), fields=['network', 'person'], name='lead_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('network', 'source', 'source_id'), name='lead_from_source_once')],
            },
        ),
        migrations.CreateModel(
            name='Process',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('network', 'name', 'edition'), name='one_edition_a_process')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('place', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('inputs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), default=list, size=None)),
                ('outputs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), default=list, size=None)),
                ('exit_criteria', models.CharField(blank=True, default='', max_length=400)),
                ('usual_days', models.PositiveSmallIntegerField(null=True)),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
                ('process', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='pipeline.process')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('network', 'process', 'place'), name='one_step_a_place')],
            },
        ),
        migrations.CreateModel(
            name='Opportunity',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('source', models.CharField(blank=True, default='', max_length=60)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('custom', models.JSONField(blank=True, default=dict)),
                ('title', models.CharField(max_length=200)),
                ('value', models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ('currency', models.CharField(blank=True, default='', max_length=3)),
                ('expected', models.DateField(null=True)),
                ('entered', models.DateField(null=True)),
                ('outcome', models.CharField(choices=[('open', 'Open'), ('won', 'Won'), ('lost', 'Lost'), ('withdrawn', 'Withdrawn')], default='open', max_length=10)),
                ('decided', models.DateField(null=True)),
                ('reason', models.CharField(blank=True, default='', max_length=200)),
                ('origin', models.CharField(blank=True, default='', max_length=120)),
                ('stated_discount', models.DecimalField(decimal_places=4, max_digits=7, null=True)),
                ('stated_margin', models.DecimalField(decimal_places=4, max_digits=7, null=True)),
                ('stale_on_arrival', models.BooleanField(default=False)),
                ('created', models.DateTimeField()),
                ('account', bailiwick.tenancy.walls.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='opportunities', to='territories.account')),
                ('lead', bailiwick.tenancy.walls.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='opportunities', to='pipeline.lead')),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
                ('organization', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organization')),
                ('person', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.person')),
                ('unit', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.unit')),
                ('process', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pipeline.process')),
                ('step', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pipeline.step')),
            ],
            options={
                'indexes': [models.Index(fields=['network', 'person', 'outcome'], name='opportunity_person'), models.Index(fields=['network', 'unit', 'outcome'], name='opportunity_unit'), models.Index(fields=['network', 'account'], name='opportunity_account'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('title', config='simple'), name='opportunity_words'), models.Index(models.F('network'), django.db.models.functions.comparison.Coalesce(models.F('expected'), models.Value(datetime.date(9999, 12, 31))), models.F('id'), name='opportunity_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('network', 'source', 'source_id'), name='opportunity_from_source_once'), models.CheckConstraint(condition=models.Q(models.Q(('decided', None), ('outcome', 'open')), models.Q(models.Q(('outcome', 'open'), _negated=True), ('decided__isnull', False)), _connector='OR'), name='decided_exactly_if_not_open')],
            },
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('quantity', models.DecimalField(decimal_places=3, max_digits=14)),
                ('price', models.DecimalField(decimal_places=4, max_digits=18)),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
                ('organization', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organization')),
                ('person', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.person')),
                ('price_version', bailiwick.tenancy.walls.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offer.price')),
                ('product', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='offer.product')),
                ('unit', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.unit')),
                ('opportunity', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='pipeline.opportunity')),
            ],
            options={
                'indexes': [models.Index(fields=['network', 'opportunity'], name='line_opportunity')],
                'constraints': [models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='quantity_above_zero')],
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('source', models.CharField(blank=True, default='', max_length=60)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('custom', models.JSONField(blank=True, default=dict)),
                ('kind', models.CharField(choices=[('call', 'Call'), ('meeting', 'Meeting'), ('mail', 'Mail'), ('visit', 'Visit'), ('note', 'Note'), ('task', 'Task')], max_length=10)),
                ('text', models.TextField(blank=True, default='', max_length=4000)),
                ('due', models.DateField(null=True)),
                ('due_time', models.TimeField(null=True)),
                ('done', models.DateTimeField(null=True)),
                ('day', models.DateField(null=True)),
                ('dropped', models.DateTimeField(null=True)),
                ('created', models.DateTimeField()),
                ('account', bailiwick.tenancy.walls.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='territories.account')),
                ('contact', bailiwick.tenancy.walls.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='territories.contact')),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
                ('organization', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organization')),
                ('person', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.person')),
                ('unit', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.unit')),
                ('opportunity', bailiwick.tenancy.walls.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='pipeline.opportunity')),
            ],
            options={
                'indexes': [models.Index(models.F('network'), models.F('person'), models.F('due'), condition=models.Q(('done', None)), name='activity_due'), models.Index(fields=['network', 'opportunity'], name='activity_opportunity'), models.Index(fields=['network', 'account'], name='activity_account')],
                'constraints': [models.CheckConstraint(condition=models.Q(('done', None), ('day__isnull', False), _connector='OR'), name='done_on_a_day'), models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('network', 'source', 'source_id'), name='activity_from_source_once')],
            },
        ),
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('source', models.CharField(blank=True, default='', max_length=60)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('custom', models.JSONField(blank=True, default=dict)),
                ('text', models.CharField(max_length=400)),
                ('due', models.DateField()),
                ('kept', models.DateTimeField(null=True)),
                ('withdrawn', models.DateTimeField(null=True)),
                ('created', models.DateTimeField()),
                ('account', bailiwick.tenancy.walls.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='territories.account')),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
                ('opportunity', bailiwick.tenancy.walls.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='promises', to='pipeline.opportunity')),
                ('organization', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organization')),
                ('person', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.person')),
                ('unit', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.unit')),
            ],
            options={
                'indexes': [models.Index(models.F('network'), models.F('person'), models.F('due'), condition=models.Q(('kept', None), ('withdrawn', None)), name='promise_open')],
            },
        ),
        migrations.CreateModel(
            name='Stage',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('entered', models.DateField(null=True)),
                ('left', models.DateField(null=True)),
                ('open', models.BooleanField(default=True)),
                ('recorded', models.DateTimeField()),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
                ('opportunity', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='stages', to='pipeline.opportunity')),
                ('organization', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organization')),
                ('person', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.person')),
                ('unit', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.unit')),
                ('step', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pipeline.step')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('open', True)), fields=('network', 'opportunity'), name='one_open_stage')],
                'indexes': [models.Index(fields=['network', 'opportunity'], name='stage_opportunity')],
            },
        ),
    ]
