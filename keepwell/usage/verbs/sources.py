"""What tells of usage: added, changed, given another key, stopped."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.customers.models import Product
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.usage.models import Source, SourceKind
from keepwell.usage.refusals import SourceRefused

PERMIT = "settings.usage"
HOURS_AT_MOST = 24 * 60


@dataclass(frozen=True, kw_only=True)
class NewSource:
    """`table` is the view of a source in a warehouse, empty for every other."""

    name: str
    kind: str
    product: Product
    silent_after_hours: int = 72
    table: str = ""


@all_or_nothing()
def add_source(new: NewSource, *, by: Actor, at: datetime | None = None) -> tuple[Source, str]:
    """The source, and its write key, which nobody is shown again; "" where it needs none.

    Effects: source.added. Errors: SourceRefused.
    """
    permits.require(by, PERMIT)
    at = clock.instant(at)
    if new.kind not in SourceKind.values:
        raise SourceRefused(_("Choose one of the kinds there are."))
    table = new.table.strip()
    if (new.kind == SourceKind.WAREHOUSE) != bool(table):
        raise SourceRefused(_("A view in the warehouse has a name, and no other source has one."))
    source = Source(
        name=_free_name(new.name),
        kind=new.kind,
        product=new.product,
        table=table[:200],
        salt=secrets.token_hex(16),
        silent_after_hours=_hours(new.silent_after_hours),
        added_at=at,
    )
    key = _give_key(source)
    source.save()
    facts = {"kind": str(new.kind), "product": new.product.pk}
    record("source.added", by=by, at=at, subjects=[("source", source.pk)], facts=facts)
    return source, key


@all_or_nothing()
def change_source(
    source: Source, name: str, silent_after_hours: int, *, by: Actor, at: datetime | None = None
) -> None:
    """It is called this, and silent after so many hours without a word. Effects: source.changed.

    Errors: SourceRefused.
    """
    permits.require(by, PERMIT)
    lock(source)
    wanted = (_free_name(name, of=source), _hours(silent_after_hours))
    if wanted == (source.name, source.silent_after_hours):
        return
    source.name, source.silent_after_hours = wanted
    source.save(update_fields=["name", "silent_after_hours"])
    facts = {"silent_after_hours": source.silent_after_hours}
    record("source.changed", by=by, at=at, subjects=[("source", source.pk)], facts=facts)


@all_or_nothing()
def replace_key(source: Source, *, by: Actor, at: datetime | None = None) -> str:
    """Its new write key, which nobody is shown again; the one before opens nothing any more.

    Effects: source.key_replaced. Errors: SourceRefused for a source without one.
    """
    permits.require(by, PERMIT)
    lock(source)
    if source.kind != SourceKind.SEGMENT:
        raise SourceRefused(_("This source has no write key."))
    key = _give_key(source)
    source.save(update_fields=["key_hash", "key_ends_with"])
    record("source.key_replaced", by=by, at=at, subjects=[("source", source.pk)])
    return key


@all_or_nothing()
def stop_source(source: Source, *, by: Actor, at: datetime | None = None) -> None:
    """Nothing is taken from it any more; what came stays. Effects: source.stopped, the first time."""
    permits.require(by, PERMIT)
    at = clock.instant(at)
    stopped = {"stopped_at": at, "silent_since": None}
    if Source.objects.filter(pk=source.pk, stopped_at__isnull=True).update(**stopped):
        record("source.stopped", by=by, at=at, subjects=[("source", source.pk)])


@all_or_nothing()
def resume_source(source: Source, *, by: Actor, at: datetime | None = None) -> None:
    """It is taken from again, by the key it had. Effects: source.resumed."""
    permits.require(by, PERMIT)
    if Source.objects.filter(pk=source.pk, stopped_at__isnull=False).update(stopped_at=None):
        record("source.resumed", by=by, at=at, subjects=[("source", source.pk)])


def source_of_key(key: str) -> Source | None:
    """The source in use whose write key this is; None if nobody's."""
    found = (
        Source.objects.filter(key_hash=_hash(key), stopped_at__isnull=True) if key else Source.objects.none()
    )
    return found.first()


def _give_key(source: Source) -> str:
    if source.kind != SourceKind.SEGMENT:
        return ""
    key = secrets.token_urlsafe(24)
    source.key_hash, source.key_ends_with = _hash(key), key[-4:]
    return key


def _hash(key: str) -> str:
    # The key is chance, 192 bits of it: there is nothing to guess, and nothing to slow down.
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def _free_name(name: str, *, of: Source | None = None) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= 80:
        raise SourceRefused(_("A name has between 1 and 80 characters. Nothing was saved."))
    known = Source.objects.filter(name__iexact=name)
    if (known.exclude(pk=of.pk) if of else known).exists():
        raise SourceRefused(
            _("There is a source called %(name)s already. Nothing was saved.") % {"name": name}
        )
    return name


def _hours(hours: int) -> int:
    if not 1 <= hours <= HOURS_AT_MOST:
        raise SourceRefused(_("A source is silent after 1 to 1440 hours. Nothing was saved."))
    return hours
