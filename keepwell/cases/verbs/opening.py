"""A customer's problem becomes a case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from keepwell.cases.at_hand import at_hand
from keepwell.cases.changing import subjects_of, tell
from keepwell.cases.details import clean_subject, clean_tags
from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.refusals import CaseRefused
from keepwell.cases.severities import Severity
from keepwell.cases.states import State
from keepwell.cases.staying import enter
from keepwell.cases.words import OpenedBy
from keepwell.conversations.models import Channel, Conversation, Serves
from keepwell.conversations.verbs.noting import add_note
from keepwell.conversations.verbs.receiving import receive_first
from keepwell.conversations.verbs.starting import start
from keepwell.customers.models import Account
from keepwell.journal.recording import Actor, caused_by
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits


@all_or_nothing()
def open_case(new: NewCase, *, by: Actor, at: datetime | None = None) -> Case:
    """There is a case with a number from now on, and its promises run.

    Opened by a contact who is not signed in, the sender counts as unverified until he or staff confirm
    it: staff see the case, nobody else of his account does. Effects: case.opened; the words are received,
    or noted where staff wrote them. Errors: CaseRefused, NotPermitted, and what the conversation refuses.
    """
    permits.require(by, "case.open")
    at = clock.instant(at)
    account = new.account or new.contact.account
    _require_fitting(new, account)
    with caused_by():
        conversation = start(
            serves=Serves.CASE, account=account, opener=new.contact, is_private=new.is_private, by=by, at=at
        )
        case = Case(conversation=conversation, account=account, **_columns(new, by, at))
        case.save()
        enter(case, at)
        with at_hand(case):
            tell(case, "case.opened", by=by, at=at, facts=_facts(case))
            _say(case, new, by=by, at=at)
    return case


def _columns(new: NewCase, by: Actor, at: datetime) -> dict[str, Any]:
    is_answered = new.is_live or new.opened_by == OpenedBy.STAFF
    return {
        "subject": clean_subject(new.subject),
        "situation": new.situation.replace("\x00", "").strip(),
        "severity": Severity(new.severity).value,
        "state": State.OPEN if is_answered else State.NEW,
        "contact": new.contact,
        "product": new.product or (new.deployment.product if new.deployment else None),
        "deployment": new.deployment,
        "channel": Channel(new.way),
        "opened_by": OpenedBy(new.opened_by),
        "live": new.is_live,
        "is_private": new.is_private,
        "is_verified_sender": by.actor_ref[0] != "contact",
        "follow_up_of": new.follow_up_of,
        "tags": clean_tags(new.tags),
        "opened_at": at,
        "state_changed_at": at,
        "changed_at": at,
        "version": 1,
    }


def _facts(case: Case) -> dict[str, Any]:
    return {
        "severity": case.severity,
        "opened_by": str(case.opened_by),
        "live": case.live,
        "channel": str(case.channel),
        "unverified": not case.is_verified_sender,
        "private": case.is_private,
        "account": case.account_id,
        "follow_up_of": case.follow_up_of_id,
    }


def _say(case: Case, new: NewCase, *, by: Any, at: datetime) -> None:
    if new.words is None:
        return
    conversation: Conversation = case.conversation
    about = subjects_of(case)
    if _is_staff(by):
        add_note(conversation, new.words, about=about, by=by, at=at)
    else:
        receive_first(conversation, new.words, opener=new.contact, about=about, by=by, at=at)


def _is_staff(by: Any) -> bool:
    return by.actor_ref[0] == "person" and by.is_staff_member


def _require_fitting(new: NewCase, account: Account | None) -> None:
    if new.deployment and (account is None or new.deployment.account_id != account.pk):
        raise CaseRefused(_("That installation belongs to another account."))
    if new.deployment and new.product and new.deployment.product_id != new.product.pk:
        raise CaseRefused(_("That installation is of another product."))
