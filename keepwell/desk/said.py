"""A conversation that serves no case, as one of ours reads it and writes on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from keepwell.conversations.models import Conversation, Draft, DraftKind, Message
from keepwell.conversations.shown_words import words_html
from keepwell.conversations.thread import thread
from keepwell.conversations.verbs.undoing import undo
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.people.models import User


def said_in(conversation: Conversation, who: User) -> dict[str, Any]:
    """For desk/_said.html: the lines, and what the reader has begun to write, or took back."""
    drafts = Draft.objects.filter(conversation=conversation, user=who, kind=DraftKind.REPLY)
    return {
        "lines": [(line, words_html(line.said)) for line in thread(conversation, who).lines],
        "drafted": drafts.values_list("body", flat=True).first() or "",
    }


def take_back(request: HttpRequest, conversation: Conversation, message: int, who: User) -> None:
    """The reader's own answer does not leave, if it has not; the next page says what became of it."""
    found = get_object_or_404(Message, pk=message, conversation=conversation, author_user=who)
    try:
        undo(found, by=who)
        say_next(request, _("Taken back. Your words stand below."))
    except Refused as refusal:
        say_next(request, str(refusal))
