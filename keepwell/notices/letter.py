"""Notices as a mail: each in a line with the way to it, all that gathered in one mail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from keepwell.kit import wording
from keepwell.notices.models import Notice
from keepwell.notices.reaching import zone_of
from keepwell.notices.words import address_of, title_of, words_of
from keepwell.outbox.composing import Letter, Recipient
from keepwell.outbox.models import Purpose
from keepwell.outbox.verbs.queuing import AddressRefused, send_letter
from keepwell.people.actors import System
from keepwell.people.models import User

BY = System("notices")
CHOOSING = "/desk/me/notices/"


def mail_notices(user: User, notices: Sequence[Notice], at: datetime) -> bool:
    """Whether they go to him by mail: not where his address takes none. Effects: mail.queued."""
    try:
        with transaction.atomic():
            send_letter(letter(user, notices, at=at), by=BY, at=at)
    except AddressRefused:
        return False
    return True


def letter(user: User, notices: Sequence[Notice], *, at: datetime) -> Letter:
    """What he reads, in his language and on his clock; the oldest first."""
    with translation.override(user.locale or settings.LANGUAGE_CODE), timezone.override(zone_of(user, at)):
        lines = [_line(notice, at) for notice in notices]
    choosing = f"{settings.KEEPWELL_URL}{CHOOSING}"
    return Letter(
        template="notices/mail/notices",
        to=Recipient(address=user.email, name=user.name, locale=user.locale, time_zone=user.time_zone),
        purpose=Purpose.NOTICE,
        context={"lines": lines, "choosing": choosing},
        about=(("person", user.pk),),
        headers={"List-Unsubscribe": f"<{choosing}>"},
    )


def _line(notice: Notice, at: datetime) -> dict[str, str]:
    return {
        "words": str(words_of(notice)),
        "title": title_of(notice),
        "when": wording.moment(notice.happened_at, at, timezone.get_current_timezone()),
        "url": f"{settings.KEEPWELL_URL}{address_of(notice)}",
    }
