"""What is looked at before Keepwell starts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from keepwell.channels.email.understanding.keys import LETTERS_AT_LEAST, too_short


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
