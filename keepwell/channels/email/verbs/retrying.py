"""Work on a mail begins anew."""

from __future__ import annotations

from datetime import datetime

from keepwell.channels.email.refusals import NotWaiting
from keepwell.channels.jobs import understand_mail
from keepwell.channels.models import InboundMail, MailState
from keepwell.channels.models.inbound_mail import WAITING_STATES
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits


@all_or_nothing()
def try_anew(mail: InboundMail, *, by: Actor, at: datetime | None = None) -> InboundMail:
    """It is read and decided about once more, as if it had just come: what we know may be more by now.

    One that could not be read stays in the case that it opened, and its words go there if they can be read.
    Effects: inbound_mail.retried. Errors: NotPermitted, NotWaiting.
    """
    permits.require(by, "triage.place")
    lock(mail)
    if mail.state not in (*WAITING_STATES, MailState.UNPARSED) or mail.raw.forgotten_at is not None:
        raise NotWaiting
    mail.state, mail.tries = MailState.RECEIVED, 0
    mail.changed_at = clock.instant(at)
    mail.try_again_at = clock.now()
    mail.save(update_fields=["state", "tries", "changed_at", "try_again_at"])
    understand_mail.defer(mail=mail.pk)
    record("inbound_mail.retried", by=by, at=at, subjects=[("inbound_mail", mail.pk)])
    return mail
