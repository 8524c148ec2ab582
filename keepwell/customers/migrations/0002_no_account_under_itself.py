"""No account stands under itself, however far down: PostgreSQL walks up and refuses."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION keepwell_customers_no_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    above bigint := NEW.parent_id;
    steps integer := 0;
BEGIN
    WHILE above IS NOT NULL LOOP
        steps := steps + 1;
        IF above = NEW.id OR steps > 100 THEN
            RAISE EXCEPTION 'Account % would stand under itself', NEW.id USING ERRCODE = 'check_violation';
        END IF;
        SELECT parent_id INTO above FROM keepwell_customers_account WHERE id = above;
    END LOOP;
    RETURN NEW;
END $$
"""

TRIGGER = """
CREATE TRIGGER no_cycle BEFORE INSERT OR UPDATE OF parent_id ON keepwell_customers_account
FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION keepwell_customers_no_cycle()
"""


class Migration(migrations.Migration):
    dependencies = [("keepwell_customers", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION keepwell_customers_no_cycle()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER no_cycle ON keepwell_customers_account"),
    ]
