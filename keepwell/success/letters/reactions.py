"""What letters do when something is recorded: they leave, and forget."""

from __future__ import annotations

from keepwell.channels.email.correspondence import is_news
from keepwell.conversations.models import Message
from keepwell.journal.models import Entry
from keepwell.journal.reacting import on
from keepwell.people.actors import System
from keepwell.success.letters.models import Correspondence
from keepwell.success.letters.verbs.erasing import erase_subjects_to
from keepwell.success.letters.verbs.posting import post

BY = System("letters")


@on("message.sent")
def a_letter_goes_by_mail(entry: Entry) -> None:
    if entry.ids_of("case") or not is_news(entry):
        return
    rows = Correspondence.objects.filter(conversation__messages=entry.fact("message"))
    begun = rows.select_related("contact__account", "account").first()
    if begun is not None:
        message = Message.objects.select_related("author_user").get(pk=entry.fact("message"))
        post(message, begun, by=BY, at=entry.occurred_at)


@on("contact.merged")
def his_letters_are_the_others(entry: Entry) -> None:
    Correspondence.objects.filter(contact=entry.facts["merged"]).update(contact=entry.facts["into"])


@on("contact.erased")
def the_subjects_go(entry: Entry) -> None:
    erase_subjects_to(entry.facts["identities"])
