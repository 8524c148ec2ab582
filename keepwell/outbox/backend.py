"""Django's mail, and so that of every library, becomes rows of the outbox."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from keepwell.outbox.composing import dressed
from keepwell.outbox.models import Purpose
from keepwell.outbox.queries import brand
from keepwell.outbox.verbs.queuing import enqueue
from keepwell.people.actors import System

# A library's mail says with this header what it is for; it is taken off before the mail leaves.
PURPOSE_HEADER = "X-Keepwell-Purpose"


class OutboxBackend(BaseEmailBackend):
    """EMAIL_BACKEND. A mail asked for in a transaction that fails is never sent."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with transaction.atomic():
            for message in email_messages:
                purpose = message.extra_headers.pop(PURPOSE_HEADER, Purpose.OTHER)
                enqueue(dressed(message, brand()), purpose=Purpose(purpose), by=System("mail"))
        return len(email_messages)
