from django.db import migrations, models
import django.db.models.deletion


HAPPENINGS = [
    'called', 'call_unanswered', 'high_arrived', 'assigned', 'answered', 'answered_aside', 'noted',
    'hand_off_asked', 'hand_off_returned', 'due_soon', 'missed', 'not_delivered', 'mail_held', 'wrote', 'did',
    'signalled', 'hand_over_asked', 'hand_over_returned',
]


class Migration(migrations.Migration):

    dependencies = [
        ('keepwell_customers', '0007_where_roles_are'),
        ('keepwell_notices', '0004_answers_from_outside'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='notice', name='happening_known'),
        migrations.AddField(
            model_name='notice',
            name='account',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='keepwell_customers.account'),
        ),
        migrations.AddField(
            model_name='notice',
            name='noun',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='notice',
            name='thing',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='notice',
            name='happening',
            field=models.CharField(choices=[(each, each) for each in HAPPENINGS], max_length=20),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('happening__in', HAPPENINGS)), name='happening_known'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('noun', ''), ('thing__isnull', True)), models.Q(models.Q(('noun', ''), _negated=True), ('case__isnull', True), ('thing__isnull', False)), _connector='OR'), name='notice_about_one_thing'),
        ),
    ]
