"""Having read notices. Nothing is recorded: reading changes nothing for anybody else."""

from __future__ import annotations

from datetime import datetime

from keepwell.cases.models import Case
from keepwell.journal.live import tell
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.notices.models import Notice, NoticeQuerySet
from keepwell.people.models import User


@all_or_nothing()
def read_notice(notice: Notice, *, by: User, at: datetime | None = None) -> None:
    """He has read this one of his; again changes nothing."""
    _read(Notice.objects.filter(pk=notice.pk, user=by), by, at)


@all_or_nothing()
def read_notices_of(case: Case, *, by: User, at: datetime | None = None) -> None:
    """He looked at the case, and with that has read what he was told of it."""
    _read(Notice.objects.filter(case=case, user=by), by, at)


@all_or_nothing()
def read_all_notices(*, through: int, by: User, at: datetime | None = None) -> None:
    """He has read all of his up to this one: what came while he looked stays unread."""
    _read(Notice.objects.filter(user=by, pk__lte=through), by, at)


def _read(notices: NoticeQuerySet, by: User, at: datetime | None) -> None:
    if notices.unread().update(read_at=clock.instant(at)):
        tell(f"notices:{by.pk}")
