"""Telling that a promise burns, and that it is calm again: each once, by a row under a constraint."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from keepwell.journal.recording import record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.outbox.composing import Letter, Recipient
from keepwell.outbox.models import Purpose
from keepwell.outbox.verbs.queuing import AddressRefused, send_letter
from keepwell.people.actors import System
from keepwell.people.models import User
from keepwell.service_levels.burn_facts import Spending, spending_of
from keepwell.service_levels.burn_readers import told_of
from keepwell.service_levels.burn_words import burn_words_later, promise_words_later
from keepwell.service_levels.burning import PACES, Pace, is_burning
from keepwell.service_levels.measuring import promise_at
from keepwell.service_levels.models import BurnAlert, Commitment, Guideline, GuidelineVersion

BY = System("clock")


def tell_what_burns(*, at: datetime | None = None) -> int:
    """Tells each promise that began to burn and each that is calm again; gives how many. Again: none.

    It is judged as it stands at the instant: what burned and calmed while nobody asked is not told.
    Effects: guideline.burning, guideline.calmed; mail to those who are told of the first.
    """
    at = clock.instant(at)
    watched = Guideline.objects.filter(ended_at=None).order_by("pk").values_list("pk", flat=True)
    return sum(_bring_up(guideline, at) for guideline in list(watched))


@all_or_nothing()
def _bring_up(guideline_id: int, at: datetime) -> int:
    # Two workers at once would both find that it began.
    if not Guideline.objects.select_for_update().filter(pk=guideline_id, ended_at=None).exists():
        return 0
    versions = GuidelineVersion.objects.filter(guideline=guideline_id)
    version = versions.select_related("guideline", "policy").latest("number")
    spending = spending_of(version, at=at)
    standing = {one.pace: one for one in BurnAlert.objects.filter(guideline=guideline_id, ended_at=None)}
    return sum(_bring_up_pace(version, pace, spending, standing.get(pace.kind), at) for pace in PACES)


def _bring_up_pace(
    version: GuidelineVersion, pace: Pace, spending: Spending, alert: BurnAlert | None, at: datetime
) -> int:
    burns = is_burning(pace, spending.stretches, already=alert is not None)
    facts = spending.facts_of(pace)
    if alert is None:
        return _begin(version, pace, facts, at) if burns else 0
    if burns:
        BurnAlert.objects.filter(pk=alert.pk).exclude(facts=facts).update(facts=facts, version=version)
        return 0
    return _end(alert, at)


def _begin(version: GuidelineVersion, pace: Pace, facts: dict[str, Any], at: datetime) -> int:
    alert = BurnAlert.objects.create(
        guideline=version.guideline, version=version, pace=pace.kind, began_at=at, facts=facts
    )
    promise = promise_at(version, at)
    mailed = [_mail(_letter(alert, promise, reader), at) for reader in told_of(version)]
    if any(mailed):
        alert.told_at = at
        alert.save(update_fields=["told_at"])
    recorded = {name: facts[name] for name in ("missed", "days")}
    recorded |= {name: _decimal(facts[name]) for name in ("allowed", "burn")}
    _record("guideline.burning", alert, at, recorded)
    return 1


def _end(alert: BurnAlert, at: datetime) -> int:
    BurnAlert.objects.filter(pk=alert.pk).update(ended_at=at)
    _record("guideline.calmed", alert, at, {})
    return 1


def _record(kind: str, alert: BurnAlert, at: datetime, facts: dict[str, Any]) -> None:
    about = {"alert": alert.pk, "pace": alert.pace, **facts}
    record(kind, by=BY, at=at, subjects=[("guideline", alert.guideline_id)], facts=about)


def _mail(letter: Letter, at: datetime) -> bool:
    try:
        # One address that takes no mail keeps nobody else from his.
        with transaction.atomic():
            send_letter(letter, by=BY, at=at)
    except AddressRefused:
        return False
    return True


def _letter(alert: BurnAlert, promise: Commitment, reader: User) -> Letter:
    to = Recipient(address=reader.email, name=reader.name, locale=reader.locale, time_zone=reader.time_zone)
    return Letter(
        template="service_levels/mail/burning",
        to=to,
        purpose=Purpose.NOTICE,
        context={
            "guideline": alert.guideline.name,
            "pace": BurnAlert.Pace(alert.pace).label,
            "words": burn_words_later(alert.facts),
            "promise": promise_words_later(promise),
            "url": f"{settings.KEEPWELL_URL}/desk/insight/guidelines/{alert.guideline_id}/cases/missed/",
        },
        about=(("guideline", alert.guideline_id),),
    )


def _decimal(figure: float | None) -> Decimal | None:
    return None if figure is None else Decimal(str(figure))
