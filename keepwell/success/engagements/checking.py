"""What may be kept of an engagement."""

from __future__ import annotations

from django.utils.translation import gettext as _

from keepwell.success.engagements.new_engagement import LONGEST_MINUTES, SHORTEST_MINUTES
from keepwell.success.engagements.refusals import EngagementRefused


def checked_subject(text: str) -> str:
    """In one line, "" for none. Errors: EngagementRefused over 200 characters."""
    return _in_one_line(text, 200)


def checked_place(text: str) -> str:
    """In one line, "" for none. Errors: EngagementRefused over 300 characters."""
    return _in_one_line(text, 300)


def checked_minutes(minutes: int) -> int:
    """Errors: EngagementRefused for less than five minutes or more than eight hours."""
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        raise EngagementRefused(
            _("An engagement lasts from %(least)s to %(most)s minutes. Nothing was saved.")
            % {"least": SHORTEST_MINUTES, "most": LONGEST_MINUTES}
        )
    return minutes


def cleaned(text: str) -> str:
    """Without blanks around it, and without the NUL that PostgreSQL does not keep."""
    return text.replace("\x00", "").replace("\r\n", "\n").strip()


def _in_one_line(text: str, most: int) -> str:
    text = " ".join(text.replace("\x00", "").split())
    if len(text) > most:
        raise EngagementRefused(
            _("'%(start)s…' is too long: %(most)s characters at most. Nothing was saved.")
            % {"start": text[:40], "most": most}
        )
    return text
