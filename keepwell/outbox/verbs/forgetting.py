"""Forgetting what mails said and to whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from keepwell.journal.recording import Actor, Subject, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.outbox.models import WITH_A_CODE, Outgoing, OutgoingQuerySet, State, Try
from keepwell.outbox.transports.kept import kept_file
from keepwell.outbox.verbs.settling import POSTMAN

FINAL = (State.SENT, State.FAILED, State.CANCELLED)
CONTENTS_KEPT_FOR = timedelta(days=90)
CODES_KEPT_FOR = timedelta(days=1)


@all_or_nothing()
def forget_mail_to(addresses: Iterable[str], *, by: Actor, at: datetime | None = None) -> int:
    """No mail to these addresses, nor any that names one, can be read any more; what waits never leaves.

    Gives the number of mails. Effects: mail.forgotten. Called by the verbs that erase somebody.
    """
    at = clock.instant(at)
    named = {
        mail
        for address in addresses
        for mail in Outgoing.objects.naming(address).values_list("pk", flat=True)
    }
    mails = list(Outgoing.objects.filter(pk__in=named).order_by("pk").select_for_update())
    for mail in mails:
        mail.to_address = f"forgotten-{mail.pk}@erased.invalid"
        mail.subject = mail.last_error = ""
    return _forget(mails, by=by, at=at)


@all_or_nothing()
def forget_mail_about(subjects: Iterable[Subject], *, by: Actor, at: datetime | None = None) -> int:
    """What mails about these said cannot be read any more; what waits never leaves.

    To whom they went, and when, stays. Gives the number of mails. Effects: mail.forgotten. Called by the
    verbs that take words away: a mail that carries the words of a message is about that message.
    """
    at = clock.instant(at)
    about = Q()
    for noun, identity in subjects:
        about |= Q(about__contains=[[noun, identity]])
    mails = list(Outgoing.objects.filter(about).order_by("pk").select_for_update()) if about else []
    for mail in mails:
        mail.subject = ""
    return _forget(mails, by=by, at=at)


@all_or_nothing()
def forget_old_contents(*, at: datetime | None = None) -> int:
    """What mails said is kept for 90 days, a code for one; that they were sent stays. Gives their number."""
    at = clock.instant(at)
    is_code = Q(purpose__in=WITH_A_CODE)
    is_old = Q(created_at__lt=at - CONTENTS_KEPT_FOR) | (is_code & Q(created_at__lt=at - CODES_KEPT_FOR))
    old = Outgoing.objects.filter(is_old, state__in=FINAL, forgotten_at=None)
    forgotten = _forget_contents(old, at)
    if forgotten:
        record("mail.forgotten", by=POSTMAN, at=at, subjects=[], facts={"mails": forgotten})
    return forgotten


def _forget(mails: list[Outgoing], *, by: Actor, at: datetime) -> int:
    for mail in mails:
        if mail.state not in FINAL:
            mail.state, mail.held_for, mail.next_attempt_at = State.CANCELLED, "", None
        mail.save()
    if mails:
        _forget_contents(Outgoing.objects.filter(pk__in=[mail.pk for mail in mails]), at)
        subjects = [("outgoing", mail.pk) for mail in mails]
        record("mail.forgotten", by=by, at=at, subjects=subjects, facts={"mails": len(mails)})
    return len(mails)


def _forget_contents(mails: OutgoingQuerySet, at: datetime) -> int:
    identities = list(mails.values_list("pk", flat=True))
    Try.objects.filter(outgoing__in=identities).update(reply="")
    Outgoing.objects.filter(pk__in=identities).update(raw=b"", forgotten_at=at)
    transaction.on_commit(lambda: _remove_files(identities))
    return len(identities)


def _remove_files(identities: list[int]) -> None:
    for identity in identities:
        kept_file(settings.VAR / "mail", str(identity)).unlink(missing_ok=True)
