"""A call, a meeting or a note is written down in a few words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keepwell.conversations.authors import staff_author
from keepwell.customers.models import Account
from keepwell.journal.recording import Actor, Subject, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock, lock_key
from keepwell.people import permits
from keepwell.success.engagements.checking import cleaned
from keepwell.success.engagements.models import Touch, Way
from keepwell.success.engagements.refusals import EngagementRefused, NothingWritten, NotOfThisAccount

if TYPE_CHECKING:
    from keepwell.customers.models import Contact

PERMIT = "account.log"


@dataclass(frozen=True, kw_only=True)
class Logged:
    """How it went, with whom if that is to be said; `happened_at` None is just now."""

    way: str
    words: str
    contact: Contact | None = None
    happened_at: datetime | None = None


@all_or_nothing()
def log(account: Account, logged: Logged, *, by: Actor, at: datetime | None = None) -> Touch:
    """It stands on the account's page and in its timeline; no customer ever sees it.

    Sent twice by a double click it is one. Effects: touch.logged, which happened at `happened_at`. Errors:
    NothingWritten, NotOfThisAccount; EngagementRefused for what is still to come; NotPermitted.
    """
    permits.require(by, PERMIT)
    author, words, at = staff_author(by), cleaned(logged.words), clock.instant(at)
    happened_at = clock.instant(logged.happened_at) if logged.happened_at else at
    contact = logged.contact
    if not words:
        raise NothingWritten
    if happened_at > at:
        raise EngagementRefused(_("That time is still to come. Nothing was saved."))
    if contact is not None and contact.account_id != account.pk:
        raise NotOfThisAccount
    lock_key(f"touches of {account.pk}")
    newest = Touch.objects.filter(account=account, author=author).order_by("pk").last()
    if newest and (newest.way, newest.body, newest.contact) == (logged.way, words, contact):
        return newest
    touch = Touch.objects.create(
        account=account,
        way=Way(logged.way),
        contact=contact,
        author_id=author,
        body=words,
        happened_at=happened_at,
        logged_at=at,
    )
    facts = {"touch": touch.pk, "way": touch.way}
    record("touch.logged", by=by, at=happened_at, subjects=_subjects(touch), facts=facts)
    return touch


@all_or_nothing()
def redact_touch(touch: Touch, *, by: Actor, at: datetime | None = None) -> None:
    """Its words are gone for good; that something was logged stays. Effects: touch.redacted."""
    permits.require(by, "message.redact")
    lock(touch)
    if touch.redacted_at is None:
        touch.body, touch.redacted_at = "", clock.instant(at)
        touch.save(update_fields=["body", "redacted_at"])
        facts = {"touch": touch.pk}
        record("touch.redacted", by=by, at=touch.redacted_at, subjects=_subjects(touch), facts=facts)


def _subjects(touch: Touch) -> list[Subject]:
    about: list[Subject] = [("touch", touch.pk), ("account", touch.account_id)]
    return [*about, ("contact", touch.contact_id)] if touch.contact_id else about
