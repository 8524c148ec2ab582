"""The ledger of prepaid hours is written once: only a reason may be taken out of a line, by a trigger."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION keepwell_contracts_hours_are_added_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        OLD.reason := '';
        IF NEW IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'Lines of prepaid hours are added only: % is refused', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$
"""
TRIGGER = """
CREATE TRIGGER hours_are_added_only BEFORE UPDATE OR DELETE ON keepwell_contracts_hoursentry
FOR EACH ROW EXECUTE FUNCTION keepwell_contracts_hours_are_added_only()
"""


class Migration(migrations.Migration):
    dependencies = [("keepwell_contracts", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION keepwell_contracts_hours_are_added_only()"),
        migrations.RunSQL(
            TRIGGER, "DROP TRIGGER hours_are_added_only ON keepwell_contracts_hoursentry"
        ),
    ]
