from django.db import migrations, models


def where_they_are(apps, schema_editor):
    """Whoever has a role has it at the account he is at; where one was before stands in the journal alone."""
    roles = apps.get_model("keepwell_customers", "ContactRole")
    contacts = apps.get_model("keepwell_customers", "Contact")
    account = contacts.objects.filter(pk=models.OuterRef("contact")).values("account")
    roles.objects.update(account=models.Subquery(account))


class Migration(migrations.Migration):

    dependencies = [
        ('keepwell_customers', '0006_role_account'),
    ]

    operations = [
        migrations.RunPython(where_they_are, migrations.RunPython.noop),
    ]
