from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('keepwell_engagements', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='action', name='action_settled_has_instant'),
        migrations.AlterField(
            model_name='action',
            name='state',
            field=models.CharField(choices=[('open', 'Open'), ('done', 'Done'), ('dropped', 'Dropped'), ('moved', 'On the road map')], default='open', max_length=8),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('state', 'open')), models.Q(('settled_at__isnull', False), ('state__in', ['done', 'dropped', 'moved'])), _connector='OR'), name='action_settled_has_instant'),
        ),
    ]
