import bailiwick.tenancy.models
import bailiwick.tenancy.walls
import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('tenancy', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Login',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, unique=True)),
                ('is_active', models.BooleanField(default=True)),
                ('date_joined', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_login_an_email')],
            },
        ),
        migrations.CreateModel(
            name='Access',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('person', models.UUIDField()),
                ('until', models.DateTimeField(null=True)),
                ('login', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accesses', to=settings.AUTH_USER_MODEL)),
                ('network', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenancy.network')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('login', 'network'), name='one_person_a_login_and_network'), models.UniqueConstraint(fields=('network', 'person'), name='one_login_a_person')],
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=60)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('scope', models.CharField(choices=[('read', 'read'), ('write', 'write')], max_length=5)),
                ('created', models.DateTimeField()),
                ('used', models.DateTimeField(null=True)),
                ('until', models.DateTimeField(null=True)),
                ('access', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='network.access')),
            ],
        ),
        migrations.CreateModel(
            name='Organization',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('source', models.CharField(blank=True, default='', max_length=60)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('custom', models.JSONField(blank=True, default=dict)),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('firm', 'Firm'), ('client', 'Client'), ('partner', 'Partner')], max_length=10)),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'firm')), fields=('network',), name='one_firm_a_network'), models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('network', 'source', 'source_id'), name='organization_from_source_once')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('source', models.CharField(blank=True, default='', max_length=60)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('custom', models.JSONField(blank=True, default=dict)),
                ('name', models.CharField(max_length=200)),
                ('email', models.EmailField(blank=True, default='', max_length=254)),
                ('phone', models.CharField(blank=True, default='', max_length=60)),
                ('language', models.CharField(blank=True, default='', max_length=10)),
                ('theme', models.CharField(blank=True, default='', max_length=5)),
                ('quiet_from', models.TimeField(null=True)),
                ('quiet_until', models.TimeField(null=True)),
                ('digest', models.BooleanField(default=True)),
                ('left', models.DateTimeField(null=True)),
                ('erased', models.DateTimeField(null=True)),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
                ('organization', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='network.organization')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('network'), django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='one_person_an_email'), models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('network', 'source', 'source_id'), name='person_from_source_once')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('source', models.CharField(blank=True, default='', max_length=60)),
                ('source_id', models.CharField(blank=True, default='', max_length=200)),
                ('custom', models.JSONField(blank=True, default=dict)),
                ('kind', models.CharField(choices=[('office', 'Office'), ('team', 'Team'), ('project', 'Project'), ('partner', 'Partner')], max_length=10)),
                ('name', models.CharField(max_length=200)),
                ('goal', models.CharField(blank=True, default='', max_length=400)),
                ('zone', models.CharField(default='Europe/Berlin', max_length=60)),
                ('archived', models.DateTimeField(null=True)),
                ('client', bailiwick.tenancy.walls.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='network.organization')),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
                ('organization', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='unit', to='network.organization')),
                ('parent', bailiwick.tenancy.walls.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='network.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('parent', None)), fields=('network',), name='one_root_a_network'), models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='unit_not_below_itself'), models.UniqueConstraint(condition=models.Q(('source_id', ''), _negated=True), fields=('network', 'source', 'source_id'), name='unit_from_source_once')],
            },
        ),
        migrations.CreateModel(
            name='Sight',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('purpose', models.CharField(max_length=200)),
                ('source', models.CharField(max_length=60)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
                ('organization', bailiwick.tenancy.walls.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.organization')),
                ('person', bailiwick.tenancy.walls.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.person')),
                ('viewer', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='sights', to='network.person')),
                ('unit', bailiwick.tenancy.walls.TenantKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.unit')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('organization', None), ('person', None), ('unit__isnull', False)), models.Q(('organization', None), ('person__isnull', False), ('unit', None)), models.Q(('organization__isnull', False), ('person', None), ('unit', None)), _connector='OR'), name='sight_of_exactly_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.UUIDField(default=bailiwick.tenancy.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('director', 'director'), ('manager', 'manager'), ('seller', 'seller'), ('partner_admin', 'partner_admin'), ('partner_seller', 'partner_seller'), ('client', 'client'), ('coach', 'coach'), ('support_lead', 'support_lead'), ('steward', 'steward')], max_length=20)),
                ('acting', models.BooleanField(default=False)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('network', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tenancy.network')),
                ('person', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='network.person')),
                ('unit', bailiwick.tenancy.walls.TenantKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='network.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['network', 'unit', 'role'], name='membership_unit')],
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('role', 'manager')), expressions=[(models.Func(models.F('unit_id'), models.F('unit_id'), models.Value('[]'), function='uuid_range'), '&&'), (models.Func(models.F('since'), models.F('until'), function='tstzrange'), '&&')], name='one_manager_a_unit'), models.UniqueConstraint(condition=models.Q(('until', None)), fields=('network', 'person', 'unit', 'role'), name='one_open_role'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='membership_ends_after_it_begins')],
            },
        ),
    ]
