"""What is looked at before Keepwell starts, and how mail is while it runs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.utils.translation import gettext as _

from keepwell.kit import clock
from keepwell.kit.condition import Part, look
from keepwell.outbox.queries import condition
from keepwell.outbox.transports.server import MailServer, MailUrlRefused


@register
def mail_url(**_given: Any) -> list[Error]:
    """A mail server that cannot be used is noticed at the start, not with the first mail."""
    if not settings.KEEPWELL_MAIL_URL:
        return []
    try:
        MailServer.parse(settings.KEEPWELL_MAIL_URL)
    except MailUrlRefused as refused:
        return [Error(f"KEEPWELL_MAIL_URL: {refused}", id="keepwell.E001")]
    return []


@look
def mail() -> Part:
    """Whether mail flows. Pages are served without it; what has to leave waits."""
    now = clock.now()
    found = condition(now)
    if found.breaker_open_since:
        words = _("Too much mail within an hour: %(held)d mails are held back. This ends by itself.")
    elif not found.is_well(now):
        words = _("Mail does not leave: %(waiting)d mails wait. The Outbox page says why.")
    else:
        words = _("Mail leaves; %(waiting)d mails wait for their time.")
    counts = {"held": found.held, "waiting": found.waiting}
    return Part(name="mail", is_well=found.is_well(now), is_needed=False, words=words % counts)
