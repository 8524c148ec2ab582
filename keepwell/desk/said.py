"""A conversation that serves no case, as one of ours reads it and writes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from keepwell.conversations.models import Conversation, Draft, DraftKind, Message
from keepwell.conversations.shown_words import words_html
from keepwell.conversations.thread import thread
from keepwell.conversations.verbs.undoing import undo
from keepwell.conversations.words import Words
from keepwell.desk.filling import done
from keepwell.desk.forms.letters import AnswerForm
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.people.models import User


def said_in(conversation: Conversation, who: User, form: AnswerForm | None = None) -> dict[str, Any]:
    """For desk/_said.html and desk/_answer.html: the lines, and a form with what he began or took back."""
    drafts = Draft.objects.filter(conversation=conversation, user=who, kind=DraftKind.REPLY)
    drafted = drafts.values_list("body", flat=True).first() or ""
    return {
        "lines": [(line, words_html(line.said)) for line in thread(conversation, who).lines],
        "form": form or AnswerForm(initial={"words": drafted}),
    }


def answered(request: HttpRequest, write: Callable[[Words], object]) -> AnswerForm | None:
    """What was posted is written; the form with why not where it is not, None where it is."""
    form = AnswerForm(request.POST)
    if not done(form, lambda wanted: write(Words(body=wanted["words"]))):
        return form
    say_next(request, _("It leaves in a moment."))
    return None


def take_back(request: HttpRequest, conversation: Conversation, message: int, who: User) -> None:
    """The reader's own answer does not leave, if it has not; the next page says what became of it."""
    found = get_object_or_404(Message, pk=message, conversation=conversation, author_user=who)
    try:
        undo(found, by=who)
        say_next(request, _("Taken back. Your words stand below."))
    except Refused as refusal:
        say_next(request, str(refusal))
