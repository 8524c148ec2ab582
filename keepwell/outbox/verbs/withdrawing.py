"""Stopping a mail that has not left, and having a failed one tried again."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.outbox.models import WAITING, Outgoing, State
from keepwell.people import permits


class TooLate(ValueError):
    """The mail is no longer in a state that allows this; `str()` is a sentence."""


@all_or_nothing()
def cancel(mail: Outgoing, *, by: Actor, at: datetime | None = None) -> None:
    """The mail will not leave. Effects: mail.cancelled. Errors: NotPermitted, TooLate."""
    permits.require(by, "outbox.manage")
    mail = _locked(mail)
    if mail.state not in WAITING:
        raise TooLate(_("This mail is no longer waiting. Nothing was changed."))
    mail.state, mail.held_for, mail.next_attempt_at = State.CANCELLED, "", None
    mail.save(update_fields=["state", "held_for", "next_attempt_at"])
    record("mail.cancelled", by=by, at=at, subjects=mail.subjects, facts={"outgoing": mail.pk})


@all_or_nothing()
def try_again(mail: Outgoing, *, by: Actor, at: datetime | None = None) -> None:
    """A failed mail is tried again from the beginning, for five days more, under its old Message-ID.

    Effects: mail.requeued. Errors: NotPermitted, TooLate.
    """
    permits.require(by, "outbox.manage")
    at = clock.instant(at)
    mail = _locked(mail)
    if mail.state != State.FAILED or mail.forgotten_at:
        raise TooLate(
            _("Only a mail that failed, and is still kept, can be tried again. Nothing was changed.")
        )
    mail.state, mail.next_attempt_at, mail.queued_at = State.QUEUED, at, at
    mail.save(update_fields=["state", "next_attempt_at", "queued_at"])
    record("mail.requeued", by=by, at=at, subjects=mail.subjects, facts={"outgoing": mail.pk})
    app.configure_task("outbox.deliver").defer()


def _locked(mail: Outgoing) -> Outgoing:
    """The row as it stands, ours until the end. Errors: TooLate while it is being sent."""
    found = Outgoing.objects.select_for_update(skip_locked=True).filter(pk=mail.pk).first()
    if found is None:
        raise TooLate(_("This mail is being sent at this moment. Nothing was changed."))
    return found
