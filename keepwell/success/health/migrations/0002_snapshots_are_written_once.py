"""A snapshot says what was seen then: whoever changes or removes one is refused, by trigger."""

from django.db import migrations

TABLE = "keepwell_health_healthsnapshot"

FUNCTION = """
CREATE FUNCTION keepwell_health_is_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A snapshot of health is written once: % is refused', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("keepwell_health", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION keepwell_health_is_written_once()"),
        migrations.RunSQL(
            f"CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW "
            "EXECUTE FUNCTION keepwell_health_is_written_once()",
            f"DROP TRIGGER written_once ON {TABLE}",
        ),
    ]
