from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("keepwell_service_levels", "0006_at_stake")]

    operations = [
        migrations.RemoveIndex(model_name="clock", name="clock_missed"),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                fields=["metric", "severity", "missed_at"],
                include=["started_at", "policy_version"],
                condition=models.Q(state="missed"),
                name="clock_missed",
            ),
        ),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                fields=["metric", "severity", "started_at"],
                include=["missed_at", "policy_version"],
                condition=models.Q(used__isnull=True, state="void"),
                name="clock_void",
            ),
        ),
    ]
