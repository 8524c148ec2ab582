"""How it came that staff write a case down, and what follows from that for its promises."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from keepwell.cases.words import OpenedBy
from keepwell.conversations.models import Channel

CALL, MESSAGE, OWN = "call", "message", "own"
WAYS = (
    (CALL, gettext_lazy("The customer is on the phone")),
    (MESSAGE, gettext_lazy("The customer left a message")),
    (OWN, gettext_lazy("We noticed it ourselves")),
)
EXPLAINED = {
    CALL: gettext_lazy("The first contact is made; the follow-up runs from now."),
    MESSAGE: gettext_lazy("The first contact is still owed, and its promise runs."),
    OWN: gettext_lazy("No first contact is owed. The customer hears of it when you write."),
}


@dataclass(frozen=True, kw_only=True)
class Born:
    """How a case begins, in the words of `NewCase`."""

    channel: str
    opened_by: str
    is_live: bool


BORN = {
    CALL: Born(channel=Channel.PHONE, opened_by=OpenedBy.CUSTOMER, is_live=True),
    MESSAGE: Born(channel=Channel.PHONE, opened_by=OpenedBy.CUSTOMER, is_live=False),
    OWN: Born(channel=Channel.DESK, opened_by=OpenedBy.STAFF, is_live=False),
}
