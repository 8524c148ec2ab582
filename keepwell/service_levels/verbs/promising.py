"""Promising the customer when he will hear again."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.cases.models import Case
from keepwell.journal.recording import record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.service_levels.caching import refresh
from keepwell.service_levels.models import PromisedUpdate


class PromiseRefused(Refused):
    """The instant cannot be promised; the message says why."""


@all_or_nothing()
def promise_update(case: Case, due_at: datetime, *, by: User, at: datetime | None = None) -> PromisedUpdate:
    """The customer is told something by `due_at`; a promise made before is replaced by this one.

    Effects: update.promised. Errors: PromiseRefused for an instant that has passed.
    """
    permits.require(by, "case.reply")
    at, due_at = clock.instant(at), clock.instant(due_at)
    if due_at <= at:
        raise PromiseRefused(_("That moment has passed. Choose a later one; nothing was promised."))
    Case.objects.select_for_update(of=("self",)).only("pk").get(pk=case.pk)
    PromisedUpdate.objects.filter(case=case, ended_at=None).update(ended_at=at)
    promised = PromisedUpdate.objects.create(case=case, promised_by=by, promised_at=at, due_at=due_at)
    record(
        "update.promised", by=by, at=at, subjects=[("case", case.pk)], facts={"due_at": due_at.isoformat()}
    )
    refresh(case.pk)
    return promised
