"""The journal is written once: by trigger for whoever may write, by privilege for the role of the product."""

from django.db import migrations

TABLES = ("keepwell_journal_entry", "keepwell_journal_entrysubject", "keepwell_journal_seal")

FUNCTION = """
CREATE FUNCTION keepwell_journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The journal is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$
"""


def triggers() -> list[migrations.RunSQL]:
    made = []
    for table in TABLES:
        for level, events in (("ROW", "UPDATE OR DELETE"), ("STATEMENT", "TRUNCATE")):
            name = f"append_only_{level.lower()}"
            made.append(
                migrations.RunSQL(
                    f"CREATE TRIGGER {name} BEFORE {events} ON {table} FOR EACH {level} "
                    "EXECUTE FUNCTION keepwell_journal_is_append_only()",
                    f"DROP TRIGGER {name} ON {table}",
                )
            )
        made.append(
            migrations.RunSQL(
                f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM CURRENT_USER",
                f"GRANT UPDATE, DELETE, TRUNCATE ON {table} TO CURRENT_USER",
            )
        )
    return made


class Migration(migrations.Migration):
    dependencies = [("keepwell_journal", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION keepwell_journal_is_append_only()"),
        *triggers(),
    ]
