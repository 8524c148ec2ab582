"""Mails to be sent in tests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.mail import EmailMessage

from keepwell.outbox.models import Outgoing, Purpose
from keepwell.outbox.verbs.queuing import enqueue
from keepwell.people.actors import System


def queued(
    to: str = "dana@elm-falls.example",
    *,
    purpose: str = Purpose.REPLY,
    at: datetime,
    about: Any = (),
    body: str = "All is well again.",
    subject: str = "Work orders",
) -> Outgoing:
    message = EmailMessage(subject, body, "Help <help@vendor.example>", [to])
    [mail] = enqueue(message, purpose=purpose, about=about, by=System("test"), at=at)
    return mail
