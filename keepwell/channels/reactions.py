"""What mail does when something happens to a message: it carries answers, and forgets what is forgotten."""

from __future__ import annotations

from datetime import timedelta

from keepwell.cases.models import Case
from keepwell.channels.email.verbs.answering import mail_answer
from keepwell.channels.email.verbs.forgetting import (
    forget_mails_from,
    forget_mails_of,
    forget_mails_of_erased,
)
from keepwell.conversations.models import Message
from keepwell.journal.models import Entry
from keepwell.journal.reacting import on
from keepwell.kit import clock
from keepwell.people.actors import System

BY = System("email")
# What is entered of a time long ago, as when a history is brought in, is no news to anybody.
IS_NEWS_FOR = timedelta(days=1)


@on("message.sent")
def the_answer_goes_by_mail(entry: Entry) -> None:
    if not _is_news(entry):
        return
    case = Case.objects.filter(pk__in=entry.ids_of("case")).first()
    if case is not None:
        message = Message.objects.select_related("author_user").get(pk=entry.fact("message"))
        mail_answer(message, case, by=BY, at=entry.occurred_at)


@on("message.redacted")
def the_mail_it_came_by_is_forgotten(entry: Entry) -> None:
    """The whole of it: nobody takes a passage out of a raw mail, nor out of its HTML."""
    forget_mails_of([entry.fact("message")], by=BY, at=entry.occurred_at)


@on("message.erased")
def the_mails_they_came_by_are_forgotten(entry: Entry) -> None:
    forget_mails_of_erased(by=BY, at=entry.occurred_at)


@on("contact.erased")
def the_mails_that_bear_his_name_are_forgotten(entry: Entry) -> None:
    forget_mails_from(entry.facts["identities"], by=BY, at=entry.occurred_at)


def _is_news(entry: Entry) -> bool:
    """Written by a person, not spoken, and not long ago."""
    is_spoken = entry.fact("contact_live") or entry.fact("entered_later")
    return not entry.fact("automatic") and not is_spoken and entry.occurred_at > clock.now() - IS_NEWS_FOR
