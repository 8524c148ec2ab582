"""Whether the keys of mail can be trusted before Keepwell starts; whether every mail has found its place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keepwell.channels.email.understanding.keys import LETTERS_AT_LEAST, too_short
from keepwell.channels.models import InboundMail, MailState
from keepwell.kit import clock
from keepwell.kit.checkups import checkup

# A worker that runs has tried it by then.
TOO_LONG = timedelta(minutes=15)


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


@checkup("mail", gettext_lazy("mail that came in and has no place"))
def mail_without_a_place() -> Iterator[str]:
    """One sentence for each mail that was set aside, and for each that waits too long to be read."""
    for mail in InboundMail.objects.filter(state=MailState.QUARANTINED).order_by("pk").iterator():
        yield _("Mail %(mail)s was set aside: working on it failed %(tries)s times.") % {
            "mail": mail.pk,
            "tries": mail.tries,
        }
    late = InboundMail.objects.filter(
        state=MailState.RECEIVED, tries=0, try_again_at__lt=clock.now() - TOO_LONG
    )
    for mail in late.order_by("pk").iterator():
        yield _("Mail %(mail)s was never read: no worker runs, or its job is lost.") % {"mail": mail.pk}
