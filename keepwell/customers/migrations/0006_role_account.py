import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('keepwell_customers', '0005_product_versions'),
    ]

    operations = [
        migrations.AddField(
            model_name='contactrole',
            name='account',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contact_roles', to='keepwell_customers.account'),
        ),
    ]
