"""A mail that was taken is read, and finds its place."""

from __future__ import annotations

from datetime import datetime, timedelta

from keepwell.channels.email.verbs.placing import place_mail
from keepwell.channels.email.verbs.reading import read_mail
from keepwell.channels.models import InboundMail, MailState
from keepwell.journal.recording import record
from keepwell.kit import clock, faults
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people.actors import System

BY = System("email")
TRIES = 5
# After a failure it is tried again after this time, then after twice, four times ... as long.
AGAIN_AFTER = timedelta(minutes=1)
AT_ONCE = 500


def understand(mail_id: int, *, at: datetime | None = None) -> InboundMail | None:
    """The mail is read in a child and put to its case; one that cannot be read gets a case, too.

    Done twice, it does nothing the second time. A mail on which work failed five times, or killed us, is set
    aside, so that it holds up no other. Gives the mail, None where there was nothing to do.
    Effects: inbound_mail.placed, .unparsed or .quarantined, and those of the case. Errors: whatever failed;
    it is tried again.
    """
    mail = begin(mail_id, at=at)
    if mail is None:
        return None
    faults.hit("understand.counted")
    read = read_mail(mail.raw)
    faults.hit("understand.read")
    placed = place_mail(mail, read, at=at)
    faults.hit("understand.committed")
    return placed


@all_or_nothing()
def begin(mail_id: int, *, at: datetime | None = None) -> InboundMail | None:
    """Counts a try, before it: one that kills us was a try. None where nothing is to be done any more.

    Effects: inbound_mail.quarantined after the last one.
    """
    mail = InboundMail.objects.select_for_update(of=("self",)).select_related("raw").get(pk=mail_id)
    if mail.state != MailState.RECEIVED:
        return None
    at = clock.instant(at)
    if mail.tries >= TRIES:
        _quarantine(mail, at)
        return None
    mail.tries += 1
    mail.try_again_at = clock.now() + AGAIN_AFTER * 2 ** (mail.tries - 1)
    mail.save(update_fields=["tries", "try_again_at"])
    return mail


def still_to_understand(*, at: datetime | None = None) -> list[int]:
    """Mails on which work should have ended, or have begun, by then; the oldest first."""
    waiting = InboundMail.objects.filter(state=MailState.RECEIVED, try_again_at__lte=clock.instant(at))
    return list(waiting.order_by("try_again_at").values_list("pk", flat=True)[:AT_ONCE])


def _quarantine(mail: InboundMail, at: datetime) -> None:
    mail.state, mail.try_again_at, mail.changed_at = MailState.QUARANTINED, None, at
    mail.save(update_fields=["state", "try_again_at", "changed_at"])
    facts = {"tries": mail.tries}
    record("inbound_mail.quarantined", by=BY, at=at, subjects=[("inbound_mail", mail.pk)], facts=facts)
