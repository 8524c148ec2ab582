"""What was shared of a road map is never changed: by a trigger. Check points likewise."""

from django.db import migrations

VERSIONS = """
CREATE FUNCTION keepwell_road_maps_versions_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.state = 'draft' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.state = 'draft' OR NEW.content IS NOT DISTINCT FROM OLD.content) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'What was shared of a road map is kept: % is refused', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$
"""
CHECK_POINTS = """
CREATE FUNCTION keepwell_road_maps_check_points_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Check points of a road map are kept: % is refused', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$
"""


def trigger(name: str, table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION keepwell_road_maps_{name}()",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("keepwell_road_maps", "0001_initial")]
    operations = [
        migrations.RunSQL(VERSIONS, "DROP FUNCTION keepwell_road_maps_versions_are_kept()"),
        migrations.RunSQL(CHECK_POINTS, "DROP FUNCTION keepwell_road_maps_check_points_are_kept()"),
        trigger("versions_are_kept", "keepwell_road_maps_version"),
        trigger("check_points_are_kept", "keepwell_road_maps_checkpoint"),
    ]
