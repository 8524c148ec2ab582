"""A delivered review is never changed, nor are its sections and findings; rules and endings likewise: by
triggers."""

from django.db import migrations

REVIEWS = """
CREATE FUNCTION keepwell_reviews_reviews_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moves text[] := ARRAY['state', 'accepted_at', 'accepted_by_id'];
BEGIN
    IF OLD.state IN ('draft', 'internal') THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'delivered' AND NEW.state IN ('delivered', 'accepted')
        AND to_jsonb(NEW) - moves = to_jsonb(OLD) - moves THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'A delivered review is kept: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$
"""
PARTS = """
CREATE FUNCTION keepwell_reviews_parts_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM keepwell_reviews_review
        WHERE id IN (OLD.review_id, NEW.review_id) AND state IN ('delivered', 'accepted')
    ) THEN
        RAISE EXCEPTION 'What a delivered review says is kept: % is refused', TG_OP
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$
"""
FOR_GOOD = """
CREATE FUNCTION keepwell_reviews_kept_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'This is kept for good: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$
"""


def trigger(name: str, table: str, when: str, function: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("keepwell_reviews", "0001_initial")]
    operations = [
        migrations.RunSQL(REVIEWS, "DROP FUNCTION keepwell_reviews_reviews_are_kept()"),
        migrations.RunSQL(PARTS, "DROP FUNCTION keepwell_reviews_parts_are_kept()"),
        migrations.RunSQL(FOR_GOOD, "DROP FUNCTION keepwell_reviews_kept_for_good()"),
        trigger(
            "reviews_are_kept",
            "keepwell_reviews_review",
            "UPDATE OR DELETE",
            "keepwell_reviews_reviews_are_kept",
        ),
        *(
            trigger(
                f"{part}s_are_kept",
                f"keepwell_reviews_{part}",
                "INSERT OR UPDATE OR DELETE",
                "keepwell_reviews_parts_are_kept",
            )
            for part in ("section", "finding")
        ),
        *(
            trigger(
                f"{part}s_are_kept",
                f"keepwell_reviews_{part}",
                "UPDATE OR DELETE",
                "keepwell_reviews_kept_for_good",
            )
            for part in ("ruleversion", "ending")
        ),
    ]
