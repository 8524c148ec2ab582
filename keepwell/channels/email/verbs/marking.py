"""A mail that is no concern of ours."""

from __future__ import annotations

from datetime import datetime

from keepwell.channels.email.refusals import NotWaiting
from keepwell.channels.models import InboundMail, MailState
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits


@all_or_nothing()
def mark_mail_as_spam(mail: InboundMail, *, by: Actor, at: datetime | None = None) -> InboundMail:
    """It needs no attention any more. It is kept, and found again if that was a mistake.

    Effects: inbound_mail.marked_spam. Errors: NotPermitted, NotWaiting.
    """
    permits.require(by, "case.mark_spam")
    lock(mail)
    if mail.state == MailState.SPAM:
        return mail
    if not mail.is_waiting:
        raise NotWaiting
    mail.state, mail.changed_at = MailState.SPAM, clock.instant(at)
    mail.save(update_fields=["state", "changed_at"])
    record("inbound_mail.marked_spam", by=by, at=at, subjects=[("inbound_mail", mail.pk)])
    return mail
