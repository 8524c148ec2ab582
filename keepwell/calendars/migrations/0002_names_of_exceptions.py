from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("keepwell_calendars", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="calendarversion", name="names", field=models.JSONField(default=dict)
        ),
    ]
