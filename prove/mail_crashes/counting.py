"""What became of the mails, held against their sender's ledger."""

from __future__ import annotations

from collections import Counter
from typing import Any

from keepwell.channels.models import InboundMail, MailState, RawMail
from keepwell.conversations.models import Message
from prove.mail_crashes.ledger import TOKEN, Ledger


def waiting(ledger: Ledger) -> int:
    """How many of them have no place yet."""
    return len(ledger.sent) - InboundMail.objects.exclude(state=MailState.RECEIVED).count()


def told_too_early(ledger: Ledger) -> int:
    """Mails that a mail server was told we have, and that we do not have."""
    kept = set(RawMail.objects.values_list("sha256", flat=True))
    return sum(sha256 not in kept for sha256 in [*ledger.told_as_read(), *ledger.answered])


def counted(ledger: Ledger) -> dict[str, Any]:
    """By the words that customers' messages hold, and by the bytes that are kept."""
    messages = Counter(
        token
        for body in Message.objects.filter(author_contact__isnull=False).values_list("body", flat=True)
        for token in set(TOKEN.findall(body))
    )
    kept = Counter(RawMail.objects.values_list("sha256", flat=True))
    return {
        "sent": len(ledger.sent),
        "handed_over_by_lmtp": len(ledger.answered),
        "lost": sum(messages[token] == 0 for token in ledger.sent),
        "doubled": sum(messages[token] > 1 for token in ledger.sent),
        "bytes_lost_or_changed": sum(kept[sha256] == 0 for sha256 in ledger.sent.values()),
        "bytes_doubled": sum(kept[sha256] > 1 for sha256 in ledger.sent.values()),
        "never_sent": len(messages.keys() - ledger.sent.keys()),
        "not_placed": InboundMail.objects.exclude(state=MailState.PLACED).count(),
    }
