"""The chain of hashes over closed ranges of the journal, and the search for a row that changed.

PostgreSQL hashes each entry with its subjects; a seal hashes the entries of a range in order together
with the seal before it. A change to a sealed row, or one taken out or put in, breaks the range it
stands in; `damages` then names it.

What this cannot see: somebody who may write the whole database can seal anew what he changed. Each seal
is therefore also a line in the log; a log kept elsewhere shows that seal to have been another one.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from django.db.models import Count, Max, Min, Q

from keepwell.journal.models import Entry, Seal

log = structlog.get_logger("keepwell.journal")

RANGE = 10_000
# How old an entry is before it is sealed: the statement that wrote it has long ended.
SETTLES_FOR = timedelta(minutes=10)
# The job comes every quarter of an hour; what is older and bears no seal has lost it.
SEALED_WITHIN = timedelta(hours=2)

# An entry's number and the first eight bytes of its hash, kept with the seal so that a damage names its row.
FINGERPRINT = "<q8s"

# Written as JSON, so that no two entries read the same; sorted by bytes, so that every server sorts alike.
ROW_DIGESTS = """
    SELECT e.id, encode(sha256(convert_to(jsonb_build_array(e.id, e.kind,
        extract(epoch FROM e.occurred_at), extract(epoch FROM e.recorded_at),
        e.actor_kind, e.actor_id, e.cause, e.facts,
        (SELECT jsonb_agg(jsonb_build_array(s.kind, s.subject_id) ORDER BY s.kind COLLATE "C", s.subject_id)
           FROM keepwell_journal_entrysubject s WHERE s.entry_id = e.id))::text, 'UTF8')), 'hex')
    FROM keepwell_journal_entry e WHERE e.id BETWEEN %s AND %s ORDER BY e.id
"""

# A number is taken from the sequence before its transaction commits, so a row may still come in below one
# that is there. Whatever is under way took its numbers after it began: what was recorded before the oldest
# such beginning is complete.
SETTLED_UNTIL = """
    SELECT least(clock_timestamp() - make_interval(secs => %s), min(xact_start)) FROM pg_stat_activity
    WHERE backend_xid IS NOT NULL AND datname = current_database() AND pid <> pg_backend_pid()
"""


@dataclass(frozen=True, kw_only=True)
class Damage:
    """A range that is not what was sealed; `changed` names rows changed, gone or put in.

    Nothing named: the seal itself was touched. Nothing sealed: these entries should bear a seal and do not.
    """

    first_entry: int
    last_entry: int
    sealed_entries: int
    found_entries: int
    changed: tuple[int, ...]


def seal_what_has_settled(*, settles_for: timedelta = SETTLES_FOR) -> int:
    """Seals every range that is old enough; gives how many seals were set. Run again it sets none.

    Each by itself: after a load there are millions of entries to seal, and whoever is stopped goes on later.
    """
    sealed = 0
    while _sealed_next(settles_for):
        sealed += 1
    return sealed


def damages(*, sealed_within: timedelta = SEALED_WITHIN) -> Iterator[Damage]:
    """Every range that was changed since it was sealed, oldest first; nothing means a clean journal."""
    previous, last = "", 0
    for seal in Seal.objects.order_by("first_entry"):
        rows = _row_digests(seal.first_entry, seal.last_entry)
        is_in_chain = (seal.previous, seal.first_entry) == (previous, last + 1)
        if not is_in_chain or _digest(previous, rows) != seal.digest:
            yield Damage(
                first_entry=seal.first_entry,
                last_entry=seal.last_entry,
                sealed_entries=seal.entries,
                found_entries=len(rows),
                changed=_changed_rows(seal, dict(rows)),
            )
        previous, last = seal.digest, seal.last_entry
    yield from _unsealed(last, sealed_within)


def _unsealed(last: int, sealed_within: timedelta) -> Iterator[Damage]:
    """Entries that stand outside all seals although the job has been at it many times since."""
    outside = Entry.objects.filter(
        Q(pk__gt=last) | Q(pk__lt=1), recorded_at__lt=_settled_until(sealed_within)
    )
    found = outside.aggregate(first=Min("pk"), last=Max("pk"), entries=Count("pk"))
    if found["entries"]:
        yield Damage(
            first_entry=found["first"],
            last_entry=found["last"],
            sealed_entries=0,
            found_entries=found["entries"],
            changed=(),
        )


def _sealed_next(settles_for: timedelta) -> bool:
    """Whether there was a range to seal."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('keepwell journal seal'))")
        chunk = _next_range(settles_for)
        if chunk:
            _seal(*chunk)
        return chunk is not None


def _next_range(settles_for: timedelta) -> tuple[int, int] | None:
    last = Seal.objects.order_by("-last_entry").values_list("last_entry", flat=True).first() or 0
    settled = Entry.objects.filter(pk__gt=last, recorded_at__lt=_settled_until(settles_for)).order_by("pk")
    identities = list(settled.values_list("pk", flat=True)[:RANGE])
    return (last + 1, identities[-1]) if identities else None


def _settled_until(settles_for: timedelta) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute(SETTLED_UNTIL, [settles_for.total_seconds()])
        until: datetime = cursor.fetchone()[0]
    return until


def _seal(first: int, last: int) -> None:
    previous = Seal.objects.order_by("-last_entry").values_list("digest", flat=True).first() or ""
    rows = _row_digests(first, last)
    digest = _digest(previous, rows)
    Seal.objects.create(
        first_entry=first,
        last_entry=last,
        entries=len(rows),
        digest=digest,
        previous=previous,
        fingerprints=_fingerprints(rows),
    )
    log.info("journal_sealed", first_entry=first, last_entry=last, entries=len(rows), digest=digest)


def _changed_rows(seal: Seal, found: dict[int, str]) -> tuple[int, ...]:
    """The entries whose fingerprint differs, that are gone, or that were put in."""
    sealed = {row[0]: row[1] for row in struct.iter_unpack(FINGERPRINT, bytes(seal.fingerprints))}
    return tuple(
        identity
        for identity in sorted(sealed.keys() | found.keys())
        if identity not in found or sealed.get(identity) != bytes.fromhex(found[identity][:16])
    )


def _fingerprints(rows: list[tuple[int, str]]) -> bytes:
    return b"".join(struct.pack(FINGERPRINT, row, bytes.fromhex(digest[:16])) for row, digest in rows)


def _row_digests(first: int, last: int) -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(ROW_DIGESTS, [first, last])
        return cursor.fetchall()


def _digest(previous: str, rows: list[tuple[int, str]]) -> str:
    chain = hashlib.sha256(previous.encode())
    for identity, digest in rows:
        chain.update(f"{identity}:{digest}\n".encode())
    return chain.hexdigest()
