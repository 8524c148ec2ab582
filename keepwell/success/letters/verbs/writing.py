"""One of ours writes to a contact, or to several one by one, and writes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.conversations.models import Message, Serves
from keepwell.conversations.verbs.starting import start
from keepwell.conversations.verbs.writing import write
from keepwell.conversations.words import Words
from keepwell.customers.models import Contact
from keepwell.journal.recording import Actor, Subject, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock, lock_key
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.success.letters.choosing import Left
from keepwell.success.letters.models import Correspondence
from keepwell.success.letters.queries import WRITES, chosen
from keepwell.success.letters.refusals import LetterRefused

MANY_AT_MOST = 500
LONGEST_SUBJECT = 200


@dataclass(frozen=True, kw_only=True)
class NewLetter:
    """What is written, under which subject; the contact reads these words and no others."""

    subject: str
    words: Words


@all_or_nothing()
def write_to(contact: Contact, letter: NewLetter, *, by: User, at: datetime | None = None) -> Correspondence:
    """The contact gets the words by mail, from whoever writes; the answer comes to the account.

    It leaves when the time to take it back is over. Effects: correspondence.begun, conversation.started,
    message.written, later message.sent. Errors: LetterRefused without a subject, or for somebody without an
    account or a confirmed address; NotPermitted.
    """
    permits.require(by, WRITES)
    at, letter = clock.instant(at), _checked(letter)
    if chosen([contact], at=at).left.get(contact.pk) is Left.UNREACHABLE:
        raise LetterRefused(
            _("%(name)s belongs to no account, or no mail reaches him. Nothing was sent.") % {"name": contact}
        )
    return _begin(contact, letter, is_to_many=False, by=by, at=at)


@all_or_nothing()
def write_to_each(
    contacts: Iterable[Contact], letter: NewLetter, *, by: User, at: datetime | None = None
) -> list[Correspondence]:
    """The same words to each by himself: nobody sees who else got them.

    Whoever did not agree, cannot be reached, or had such a letter lately gets none; pressed twice, the second
    reaches nobody. Effects: those of `write_to` for each. Errors: LetterRefused where nobody is left, or for
    more than 500; NotPermitted.
    """
    permits.require(by, WRITES)
    at, letter, asked = clock.instant(at), _checked(letter), list(contacts)
    if len(asked) > MANY_AT_MOST:
        raise LetterRefused(
            _("At most %(most)s are written to at once. Nothing was sent.") % {"most": MANY_AT_MOST}
        )
    lock_key("letters to several")
    reached = set(chosen(asked, at=at).reached)
    if not reached:
        raise LetterRefused(
            _("None of them can be written to like this: see who is left out and why. Nothing was sent.")
        )
    with caused_by():
        return [_begin(one, letter, is_to_many=True, by=by, at=at) for one in asked if one.pk in reached]


@all_or_nothing()
def write_on(begun: Correspondence, words: Words, *, by: Actor, at: datetime | None = None) -> Message:
    """One of ours answers in it. Effects: message.written, later message.sent. Errors: NotPermitted."""
    permits.require(by, WRITES)
    return write(begun.conversation, words, about=_about(begun), by=by, at=at)


@all_or_nothing()
def give(begun: Correspondence, user: User | None, *, by: Actor, at: datetime | None = None) -> None:
    """Somebody else of ours answers, or None: nobody yet. Effects: correspondence.given."""
    permits.require(by, WRITES)
    lock(begun)
    new = user.pk if user else None
    if begun.owner_id != new:
        begun.owner = user
        begun.save(update_fields=["owner"])
        subjects = [("correspondence", begun.pk), *_about(begun)]
        facts = {"correspondence": begun.pk, "owner": new}
        record("correspondence.given", by=by, at=clock.instant(at), subjects=subjects, facts=facts)


def _begin(
    contact: Contact, letter: NewLetter, *, is_to_many: bool, by: User, at: datetime
) -> Correspondence:
    account = contact.account
    assert account is not None
    with caused_by():
        conversation = start(
            serves=Serves.ACCOUNT, account=account, opener=contact, is_private=True, by=by, at=at
        )
        begun = Correspondence.objects.create(
            account=account,
            contact=contact,
            conversation=conversation,
            subject=letter.subject,
            is_to_many=is_to_many,
            owner=by,
            begun_by=by,
            begun_at=at,
        )
        record(
            "correspondence.begun",
            by=by,
            at=at,
            subjects=[("correspondence", begun.pk), *_about(begun)],
            facts={"correspondence": begun.pk, "many": is_to_many},
        )
        write(conversation, letter.words, about=_about(begun), by=by, at=at)
    return begun


def _about(begun: Correspondence) -> list[Subject]:
    return [("account", begun.account_id), ("contact", begun.contact_id)]


def _checked(letter: NewLetter) -> NewLetter:
    subject = " ".join(letter.subject.replace("\x00", "").split())
    if not subject:
        raise LetterRefused(_("Give it a subject. Nothing was sent."))
    if len(subject) > LONGEST_SUBJECT:
        raise LetterRefused(
            _("The subject is too long: %(most)s characters at most. Nothing was sent.")
            % {"most": LONGEST_SUBJECT}
        )
    return NewLetter(subject=subject, words=letter.words)
