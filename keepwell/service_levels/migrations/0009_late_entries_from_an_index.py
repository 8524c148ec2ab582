from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("keepwell_service_levels", "0008_open_clocks_from_an_index")]

    operations = [
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                fields=["metric", "started_at"],
                include=["severity", "policy_version", "case"],
                condition=models.Q(entered_later=True),
                name="clock_entered_later",
            ),
        ),
    ]
