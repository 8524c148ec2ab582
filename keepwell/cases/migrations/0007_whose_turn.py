from datetime import timedelta

from django.db import migrations, models

# What `keepwell.cases.turns` says, for the closures that are there already. A statement, since there may be
# a million of them with ten times the entries.
TURNS_OF_CLOSURES = """
WITH told AS (
    SELECT subject.subject_id AS case_id, entry.kind, entry.occurred_at,
           lead(entry.occurred_at) OVER story AS until_word,
           min(entry.occurred_at) FILTER (WHERE entry.kind <> 'message.received') OVER later AS until_turn
    FROM keepwell_journal_entrysubject subject
    JOIN keepwell_journal_entry entry ON entry.id = subject.entry_id
    WHERE subject.kind = 'case' AND entry.kind IN (
        'case.opened', 'case.taken_back', 'case.reopened', 'case.wait_began', 'case.engineering_wait_began',
        'case.scheduled', 'case.resolved', 'case.withdrawn', 'case.closed', 'case.merged', 'message.received')
    WINDOW story AS (PARTITION BY subject.subject_id ORDER BY entry.occurred_at, entry.id),
           later AS (PARTITION BY subject.subject_id ORDER BY entry.occurred_at, entry.id
                     ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
), spent AS (
    SELECT closure.id, told.kind,
           sum(told.until_word - told.occurred_at) AS until_word,
           sum(told.until_turn - told.occurred_at) AS until_turn
    FROM keepwell_cases_closure closure
    JOIN told ON told.case_id = closure.case_id AND told.occurred_at < closure.ended_at
    WHERE told.kind IN ('case.opened', 'case.taken_back', 'case.reopened', 'case.wait_began',
                        'case.engineering_wait_began', 'case.scheduled')
    GROUP BY closure.id, told.kind
), divided AS (
    SELECT id,
           coalesce(sum(until_word) FILTER (WHERE kind = 'case.wait_began'), interval '0') AS customer,
           coalesce(sum(until_turn) FILTER (WHERE kind = 'case.engineering_wait_began'), interval '0')
               AS engineering,
           coalesce(sum(until_turn) FILTER (WHERE kind = 'case.scheduled'), interval '0') AS date,
           sum(until_turn) AS all_of_it
    FROM spent GROUP BY id
)
UPDATE keepwell_cases_closure closure
SET on_customer = customer, on_engineering = engineering, on_date = date,
    on_us = all_of_it - customer - engineering - date
FROM divided WHERE divided.id = closure.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("keepwell_cases", "0006_counted_by_days"),
        ("keepwell_journal", "0001_initial"),
    ]

    operations = [
        migrations.AddField("closure", name, models.DurationField(default=timedelta))
        for name in ("on_customer", "on_engineering", "on_date", "on_us")
    ] + [migrations.RunSQL(TURNS_OF_CLOSURES, migrations.RunSQL.noop)]
