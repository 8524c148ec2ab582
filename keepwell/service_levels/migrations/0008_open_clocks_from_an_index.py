from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("keepwell_service_levels", "0007_windows_from_indexes")]

    operations = [
        migrations.RemoveIndex(model_name="clock", name="clock_open_or_void"),
        migrations.AddIndex(
            model_name="clock",
            index=models.Index(
                fields=["metric", "severity", "started_at"],
                include=[
                    "state",
                    "due_at",
                    "due_kept",
                    "due_without_pauses",
                    "paused_at",
                    "paused_seconds",
                    "allowed_seconds",
                    "unit",
                    "is_corrected",
                    "entered_later",
                    "used",
                    "calendar_version",
                    "policy_version",
                    "case",
                ],
                condition=models.Q(used__isnull=True) & ~models.Q(state="void"),
                name="clock_open",
            ),
        ),
    ]
