"""A raw mail is written once, and never again but to be forgotten: whoever tries is refused, by trigger."""

from django.db import migrations

TABLE = "keepwell_channels_rawmail"

FUNCTION = """
CREATE FUNCTION keepwell_raw_mail_is_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.forgotten_at IS NULL AND NEW.forgotten_at IS NOT NULL
        AND (NEW.id, NEW.mailbox_id, NEW.sha256, NEW.size, NEW.came_by, NEW.received_at)
            = (OLD.id, OLD.mailbox_id, OLD.sha256, OLD.size, OLD.came_by, OLD.received_at)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A raw mail is written once: % is refused', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("keepwell_channels", "0003_inbound_mail")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION keepwell_raw_mail_is_written_once()"),
        migrations.RunSQL(
            f"CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW "
            "EXECUTE FUNCTION keepwell_raw_mail_is_written_once()",
            f"DROP TRIGGER written_once ON {TABLE}",
        ),
    ]
