"""What mail does when something happens to a message or side message: it carries, and forgets with it."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from keepwell.cases.models import Case
from keepwell.channels.email.aside.verbs.forgetting import forget_side_mails_from, forget_side_mails_of
from keepwell.channels.email.aside.verbs.sending import mail_side_message
from keepwell.channels.email.correspondence import IS_NEWS_FOR, Under, is_news
from keepwell.channels.email.verbs.answering import mail_answer
from keepwell.channels.email.verbs.forgetting import (
    forget_mails_from,
    forget_mails_of,
    forget_mails_of_erased,
)
from keepwell.channels.email.verbs.posting import mail_words
from keepwell.channels.models import InboundMail
from keepwell.conversations.models import Message
from keepwell.enquiries.models import Enquiry
from keepwell.journal.models import Entry
from keepwell.journal.reacting import on
from keepwell.kit import clock
from keepwell.people.actors import System
from keepwell.side_threads.models import SideMessage, SideParty

BY = System("email")


@on("message.sent")
def the_answer_goes_by_mail(entry: Entry) -> None:
    if not is_news(entry):
        return
    case = Case.objects.filter(pk__in=entry.ids_of("case")).first()
    if case is not None:
        message = Message.objects.select_related("author_user").get(pk=entry.fact("message"))
        mail_answer(message, case, by=BY, at=entry.occurred_at)


@on("message.sent")
def the_answer_to_an_enquiry_goes_by_mail(entry: Entry) -> None:
    if entry.ids_of("case") or not is_news(entry):
        return
    rows = Enquiry.objects.filter(conversation__messages=entry.fact("message")).select_related("account")
    enquiry = rows.first()
    if enquiry is not None:
        message = Message.objects.select_related("author_user").get(pk=entry.fact("message"))
        under = Under(
            subject=_("What you asked us for: %(kind)s") % {"kind": enquiry.get_kind_display()},
            account=enquiry.account,
            way=f"{settings.KEEPWELL_URL}/portal/enquiries/{enquiry.pk}/",
        )
        mail_words(message, under, by=BY, at=entry.occurred_at)


@on("message.redacted")
def the_mail_it_came_by_is_forgotten(entry: Entry) -> None:
    """The whole of it: nobody takes a passage out of a raw mail, nor out of its HTML."""
    forget_mails_of([entry.fact("message")], by=BY, at=entry.occurred_at)


@on("message.erased")
def the_mails_they_came_by_are_forgotten(entry: Entry) -> None:
    forget_mails_of_erased(by=BY, at=entry.occurred_at)


@on("side_message.sent")
def the_question_goes_by_mail(entry: Entry) -> None:
    if entry.occurred_at > clock.now() - IS_NEWS_FOR:
        message = SideMessage.objects.get(pk=entry.fact("side_message"))
        mail_side_message(message, by=BY, at=entry.occurred_at)


@on("side_thread.handed_on")
def its_mails_stand_with_the_case_that_lives(entry: Entry) -> None:
    for case in entry.ids_of("case"):
        InboundMail.objects.filter(side_thread=entry.fact("side_thread")).update(case=case)


@on("side_message.redacted")
def the_mail_that_an_answer_came_by_is_forgotten(entry: Entry) -> None:
    forget_side_mails_of([entry.fact("side_message")], by=BY, at=entry.occurred_at)


@on("side_party.erased")
def the_mails_of_whoever_was_asked_are_forgotten(entry: Entry) -> None:
    """He and his addresses stand in their rows until this is done."""
    messages, parties = entry.ids_of("side_message"), entry.ids_of("side_party")
    named = SideParty.objects.filter(pk__in=parties).values_list("address", flat=True)
    written = SideMessage.objects.filter(pk__in=messages).values_list("writer_address", flat=True)
    forget_side_mails_of(messages, by=BY, at=entry.occurred_at)
    addresses = {address for address in (*named, *written) if address}
    forget_side_mails_from(addresses, by=BY, at=entry.occurred_at)


@on("contact.erased")
def the_mails_that_bear_his_name_are_forgotten(entry: Entry) -> None:
    forget_mails_from(entry.facts["identities"], by=BY, at=entry.occurred_at)
