"""What a conversation is for, whose it is, and whether only its participants see it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from keepwell.conversations.about import in_conversation
from keepwell.conversations.models import Conversation, Serves
from keepwell.conversations.verbs.participating import decides_who_takes_part
from keepwell.customers.models import Account
from keepwell.journal.recording import Actor, Subject, record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits


@all_or_nothing()
def place(
    conversation: Conversation,
    *,
    serves: str,
    account: Account | None,
    about: Iterable[Subject] = (),
    by: Actor,
    at: datetime | None = None,
) -> None:
    """The conversation serves this, for this account; everything said in it stays.

    Effects: conversation.placed.
    """
    permits.require(by, "triage.place")
    _lock(conversation)
    conversation.serves = Serves(serves)
    conversation.account = account
    conversation.save(update_fields=["serves", "account"])
    of_account: list[Subject] = [("account", account.pk)] if account else []
    record(
        "conversation.placed",
        by=by,
        at=at,
        subjects=[*about, *of_account, *in_conversation(conversation.pk)],
        facts={"serves": conversation.serves.value, "account": account.pk if account else None},
    )


@all_or_nothing()
def make_private(
    conversation: Conversation, *, about: Iterable[Subject] = (), by: Actor, at: datetime | None = None
) -> None:
    """On the customer's side only its participants see it. Effects: conversation.made_private.

    Errors: NotPermitted for anybody but staff and the opener.
    """
    _set_private(conversation, True, "conversation.made_private", about=about, by=by, at=at)


@all_or_nothing()
def make_shared(
    conversation: Conversation, *, about: Iterable[Subject] = (), by: Actor, at: datetime | None = None
) -> None:
    """The account's administrator sees it too. Effects: conversation.made_shared. Errors: NotPermitted."""
    _set_private(conversation, False, "conversation.made_shared", about=about, by=by, at=at)


def _set_private(
    conversation: Conversation, is_private: bool, kind: str, *, about: Any, by: Any, at: Any
) -> None:
    permits.require(by, "case.reply")
    if not decides_who_takes_part(conversation, by=by):
        raise permits.NotPermitted("case.reply")
    _lock(conversation)
    if conversation.is_private != is_private:
        conversation.is_private = is_private
        conversation.save(update_fields=["is_private"])
        record(kind, by=by, at=at, subjects=[*about, *in_conversation(conversation.pk)])


def _lock(conversation: Conversation) -> None:
    conversation.refresh_from_db(from_queryset=Conversation.objects.select_for_update(no_key=True))
