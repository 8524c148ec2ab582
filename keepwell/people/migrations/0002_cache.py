"""The table in which attempts to sign in are counted, for all processes of this installation."""

from django.core.management import call_command
from django.db import migrations


def make_cache_table(apps, schema_editor):
    # Django's own command knows the shape; a table that is there it leaves as it is.
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("keepwell_people", "0001_initial")]
    operations = [migrations.RunPython(make_cache_table, migrations.RunPython.noop)]
