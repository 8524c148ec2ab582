"""Words that serve no case leave as a mail."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from keepwell.channels.email.correspondence import Under, letter_of
from keepwell.channels.email.recipients import written_to
from keepwell.channels.email.verbs.answering import was_mailed
from keepwell.channels.email.verbs.sealing import sealed_headers
from keepwell.conversations.models import Message
from keepwell.conversations.verbs.failing import fail
from keepwell.journal.recording import Actor
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.outbox.queries import brand
from keepwell.outbox.verbs.queuing import AddressRefused, send_letter


@all_or_nothing()
def mail_words(message: Message, under: Under, *, by: Actor, at: datetime) -> None:
    """Whoever takes part and has a confirmed address gets the words, sealed for him, once.

    Effects: mail.queued for each; message.failed where none could be.
    """
    if was_mailed(message):
        return
    ours, queued = brand(), False
    for to in written_to(message.recipients):
        sealed = sealed_headers(message, to[0], ours, at=at)
        try:
            # One address that takes no mail keeps nobody else from his.
            with transaction.atomic():
                queued = bool(send_letter(letter_of(message, under, to, sealed), by=by, at=at)) or queued
        except AddressRefused:
            continue
    if not queued:
        fail(message, by=by, at=at)
