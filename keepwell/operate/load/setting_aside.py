"""Indexes, unique and foreign keys of an empty installation: made once the rows are there, in half the time.

What is taken away is written down in the same transaction, and made again together with the striking out of
its line. So whatever stops a load, the next run knows what is missing, and until then neither server nor
worker starts. PostgreSQL proves every row anew when it makes them.
"""

from __future__ import annotations

from django.db import connection
from django.db.models import Model

from keepwell.cases.models import Case, Closure, Escalation, LevelStay, SeverityChange
from keepwell.conversations.models import Conversation, Message, Note, Participant
from keepwell.journal.models import Entry, EntrySubject
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.operate.models import SetAside
from keepwell.service_levels.models import Clock, Passing, Standing

# The largest first, so that it is not what all wait for in the end.
WRITTEN: tuple[type[Model], ...] = (
    EntrySubject,
    Entry,
    Message,
    Clock,
    Case,
    Conversation,
    Participant,
    Passing,
    LevelStay,
    Closure,
    Escalation,
    Note,
    SeverityChange,
    Standing,
)
# Primary keys stay: they grow at one end only, which costs little, and other tables point to them.
HANGING_ON = """
    SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(conname),
           'ALTER TABLE ' || conrelid::regclass || ' ADD CONSTRAINT ' || quote_ident(conname) || ' '
           || pg_get_constraintdef(oid)
      FROM pg_constraint WHERE conrelid = %(table)s::regclass AND contype = %(type)s
"""
INDEXES_OF = """
    SELECT 'DROP INDEX ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
      FROM pg_index WHERE indrelid = %(table)s::regclass
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""
UNIQUE, FOREIGN = "u", "f"
# Of one session; not more, since every core makes one at the same time.
MEMORY = "256MB"


@all_or_nothing()
def set_aside() -> None:
    """Takes away what rows are checked against and entered in one by one."""
    with connection.cursor() as cursor:
        for query, kind in ((HANGING_ON, UNIQUE), (INDEXES_OF, ""), (HANGING_ON, FOREIGN)):
            for model in WRITTEN:
                cursor.execute(query, {"table": model._meta.db_table, "type": kind})
                for drop, make in cursor.fetchall():
                    cursor.execute(drop)
                    SetAside.objects.create(statement=make)


def what_is_set_aside() -> list[int]:
    return list(SetAside.objects.values_list("pk", flat=True))


@all_or_nothing()
def put_back(one: int) -> None:
    """Makes one of them again. Errors: IntegrityError where rows are not as it demands; it stays aside."""
    made = SetAside.objects.select_for_update().get(pk=one)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL maintenance_work_mem = '{MEMORY}'")
        cursor.execute("SET LOCAL max_parallel_maintenance_workers = 0")
        cursor.execute(made.statement)
    made.delete()
