"""Whether the keys of mail can be trusted before Keepwell starts; whether every mail has found its place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from keepwell.channels.email.delivering.door import Door, ListenRefused
from keepwell.channels.email.fetching.watched import deaf_accounts, stuck_mails
from keepwell.channels.email.understanding.keys import LETTERS_AT_LEAST, too_short
from keepwell.channels.models import InboundMail, MailState
from keepwell.kit import clock
from keepwell.kit.checkups import checkup
from keepwell.kit.condition import Part, look

# A worker that runs has tried it by then.
TOO_LONG = timedelta(minutes=15)
LOOKED_AT_WITHIN = timedelta(days=1)


@register
def mail_keys(**_given: Any) -> list[Error]:
    """A key that could be guessed would let anybody write into any case. The key itself is not shown."""
    return [
        Error(
            f"KEEPWELL_MAIL_KEYS: key {place} has less than {LETTERS_AT_LEAST} letters. Take one that was "
            "drawn by chance.",
            id="keepwell.E002",
        )
        for place in too_short(settings.KEEPWELL_MAIL_KEYS)
    ]


@register
def mail_door(**_given: Any) -> list[Error]:
    """Where mail servers are to deliver can be read."""
    try:
        if settings.KEEPWELL_MAIL_LISTEN:
            Door.parse(settings.KEEPWELL_MAIL_LISTEN)
    except ListenRefused as refused:
        return [Error(f"KEEPWELL_MAIL_LISTEN: {refused}", id="keepwell.E003")]
    return []


@checkup("mail", gettext_lazy("mail that came in and has no place"))
def mail_without_a_place() -> Iterator[str]:
    """One sentence for each mail set aside, looked at by nobody for a day, or not read."""
    for mail in InboundMail.objects.filter(state=MailState.QUARANTINED).order_by("pk").iterator():
        yield _("Mail %(mail)s was set aside: working on it failed %(tries)s times.") % {
            "mail": mail.pk,
            "tries": mail.tries,
        }
    yield from _held_too_long()
    late = InboundMail.objects.filter(
        state=MailState.RECEIVED, tries=0, try_again_at__lt=clock.now() - TOO_LONG
    )
    for mail in late.order_by("pk").iterator():
        yield _("Mail %(mail)s was never read: no worker runs, or its job is lost.") % {"mail": mail.pk}
    yield from deaf_mailboxes()


def deaf_mailboxes() -> Iterator[str]:
    """One sentence for each mailbox that was not looked into lately, and for each that mails are stuck in.

    What is told is the missing success: a worker that does not run reports no failure.
    """
    now = clock.now()
    for account in deaf_accounts(at=now):
        yield _("%(mailbox)s was not looked into for %(time)s. %(why)s") % {
            "mailbox": account.mailbox,
            "time": timesince(now - account.silent_for(now), now),
            "why": account.said or _("No worker watches it."),
        }
    for mailbox, mails in stuck_mails():
        yield ngettext(
            "%(mails)s mail to %(mailbox)s could not be fetched and is on the mail server only.",
            "%(mails)s mails to %(mailbox)s could not be fetched and are on the mail server only.",
            mails,
        ) % {"mails": mails, "mailbox": mailbox}


@look
def mailboxes() -> Part:
    """Whether we hear of mail, as a part of the installation's condition."""
    deaf = deaf_accounts(at=clock.now())
    words = _("All mailboxes are looked into.")
    if deaf:
        names = ", ".join(str(account.mailbox) for account in deaf[:5])
        words = _("Mail is not heard of: %(mailboxes)s. See Settings, Mailboxes.") % {"mailboxes": names}
    return Part(name="mailboxes", is_well=not deaf, is_needed=False, words=words)


def _held_too_long() -> Iterator[str]:
    held = InboundMail.objects.not_forgotten().filter(state=MailState.HELD)
    now = clock.now()
    for mail in held.filter(changed_at__lt=now - LOOKED_AT_WITHIN).order_by("pk").only("changed_at"):
        days = (now - mail.changed_at).days
        yield ngettext(
            "Mail %(mail)s has waited for %(days)s day for somebody to look at it.",
            "Mail %(mail)s has waited for %(days)s days for somebody to look at it.",
            days,
        ) % {"mail": mail.pk, "days": days}
