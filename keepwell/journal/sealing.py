"""The chain of hashes over closed ranges of the journal, and the search for a row that changed.

PostgreSQL hashes each entry with its subjects; a seal hashes the entries of a range in order together
with the seal before it. A change to a sealed row, or one taken out or put in, breaks the range it
stands in; `changed_ranges` then names it.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from keepwell.journal.models import Entry, Seal
from keepwell.kit import clock

RANGE = 10_000
# A sequence number is taken before its transaction commits: what was recorded within this time may still
# be joined by a row with a lower number.
SETTLES_FOR = timedelta(minutes=10)

# An entry's number and the first eight bytes of its hash, kept with the seal so that a damage names its row.
FINGERPRINT = "<q8s"

ROW_DIGESTS = """
    SELECT e.id, encode(sha256(convert_to(concat_ws('|', e.id, e.kind,
        extract(epoch FROM e.occurred_at), extract(epoch FROM e.recorded_at),
        e.actor_kind, e.actor_id, e.cause, e.facts::text,
        (SELECT string_agg(s.kind || ':' || s.subject_id, ',' ORDER BY s.kind, s.subject_id)
           FROM keepwell_journal_entrysubject s WHERE s.entry_id = e.id)), 'UTF8')), 'hex')
    FROM keepwell_journal_entry e WHERE e.id BETWEEN %s AND %s ORDER BY e.id
"""


@dataclass(frozen=True, kw_only=True)
class Damage:
    """A sealed range that is no longer what was sealed; `entries` is how many it should hold and holds."""

    first_entry: int
    last_entry: int
    sealed_entries: int
    found_entries: int
    changed: tuple[int, ...]


def seal_what_has_settled(*, at: datetime | None = None) -> int:
    """Seals every range that is old enough; gives how many seals were set. Run again it sets none."""
    sealed = 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('keepwell journal seal'))")
        while chunk := _next_range(clock.instant(at)):
            _seal(*chunk)
            sealed += 1
    return sealed


def damages() -> Iterator[Damage]:
    """Every sealed range that was changed since, oldest first; an empty iterator is a clean journal."""
    previous = ""
    for seal in Seal.objects.order_by("first_entry"):
        rows = _row_digests(seal.first_entry, seal.last_entry)
        if seal.previous != previous or _digest(previous, rows) != seal.digest:
            yield Damage(
                first_entry=seal.first_entry,
                last_entry=seal.last_entry,
                sealed_entries=seal.entries,
                found_entries=len(rows),
                changed=_changed_rows(seal, dict(rows)),
            )
        previous = seal.digest


def _next_range(at: datetime) -> tuple[int, int] | None:
    last = Seal.objects.order_by("-last_entry").values_list("last_entry", flat=True).first() or 0
    settled = Entry.objects.filter(pk__gt=last, recorded_at__lt=at - SETTLES_FOR).order_by("pk")
    identities = list(settled.values_list("pk", flat=True)[:RANGE])
    return (last + 1, identities[-1]) if identities else None


def _seal(first: int, last: int) -> None:
    previous = Seal.objects.order_by("-last_entry").values_list("digest", flat=True).first() or ""
    rows = _row_digests(first, last)
    Seal.objects.create(
        first_entry=first,
        last_entry=last,
        entries=len(rows),
        digest=_digest(previous, rows),
        previous=previous,
        fingerprints=_fingerprints(rows),
    )


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
