from django.db import migrations


class Migration(migrations.Migration):
    """A copy of the table, or a restore of it, finds the sequence that gives the next number."""

    dependencies = [("keepwell_cases", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER SEQUENCE keepwell_case_number OWNED BY keepwell_cases_case.number",
            "ALTER SEQUENCE keepwell_case_number OWNED BY NONE",
        ),
    ]
