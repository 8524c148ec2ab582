"""Asking whoever is on call, then the next in line, until somebody says that he looks.

Each step is one entry, and happens once: under a lock, with the instant of the next step in a column, so that
a worker that was away finds what is due and asks one person, not three at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor, Subject, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.kit.refusals import Refused
from keepwell.people.actors import System
from keepwell.people.models import User
from keepwell.staffing.models import CallOut, CallOutStep

BY = System("on_call")


class NotAsked(Refused):
    """Somebody answers who was not asked, or after it ended."""


@all_or_nothing()
def call_out(
    about: Subject, line: Sequence[int], *, within: timedelta, by: Actor = BY, at: datetime | None = None
) -> CallOut | None:
    """The first in line is asked to look at it; while one stands about the same, nothing happens (None).

    With nobody in line it ends at once, unanswered. Effects: call_out.asked or call_out.unanswered.
    """
    at = clock.instant(at)
    made, is_new = CallOut.objects.get_or_create(
        noun=about[0],
        subject_id=about[1],
        ended_at=None,
        defaults={
            "line": list(line),
            "answer_within_minutes": within // timedelta(minutes=1),
            "began_at": at,
            "answer_by_at": at,
        },
    )
    if not is_new:
        return None
    _ask_next(made, by, at)
    return made


@all_or_nothing()
def acknowledge(standing: CallOut, *, by: User, at: datetime | None = None) -> CallOut:
    """Somebody who was asked looks at it: nobody else is asked. Effects: call_out.acknowledged.

    Errors: NotAsked.
    """
    lock(standing)
    at = clock.instant(at)
    step = CallOutStep.objects.filter(call_out=standing, user=by).first()
    if step is None or standing.ended_at is not None:
        raise NotAsked(_("You are not asked for this any more. Nothing was changed."))
    CallOutStep.objects.filter(pk=step.pk).update(acknowledged_at=at)
    _end(standing, CallOut.Ending.ACKNOWLEDGED, at)
    _record("call_out.acknowledged", standing, by, at, person=by.pk)
    return standing


@all_or_nothing()
def end_call_out(about: Subject, *, by: Actor, at: datetime | None = None) -> None:
    """Nobody on call is needed for it any more; where nobody is asked, nothing happens.

    Effects: call_out.ended.
    """
    at = clock.instant(at)
    standing = CallOut.objects.select_for_update().filter(noun=about[0], subject_id=about[1], ended_at=None)
    for one in standing:
        _end(one, CallOut.Ending.OVER, at)
        _record("call_out.ended", one, by, at)


def pass_on_what_is_due(*, at: datetime | None = None) -> int:
    """Whoever did not answer in time is passed over and the next one asked; gives how many were.

    Effects: call_out.asked, or call_out.unanswered after the last one.
    """
    at = clock.instant(at)
    due = CallOut.objects.filter(ended_at=None, answer_by_at__lte=at).order_by("answer_by_at", "pk")
    return sum(_pass_on(pk, at) for pk in list(due.values_list("pk", flat=True)))


@all_or_nothing()
def _pass_on(pk: int, at: datetime) -> int:
    # What another worker holds is in its hands; what was answered meanwhile is not due any more.
    due = CallOut.objects.select_for_update(skip_locked=True).filter(
        pk=pk, ended_at=None, answer_by_at__lte=at
    )
    return sum(_ask_next(one, BY, at) for one in due)


def _ask_next(standing: CallOut, by: Actor, at: datetime) -> int:
    asked = set(standing.steps.values_list("user", flat=True))
    there = set(User.objects.filter(pk__in=standing.line, is_active=True).values_list("pk", flat=True))
    waiting = [person for person in standing.line if person in there - asked]
    if not waiting:
        _end(standing, CallOut.Ending.UNANSWERED, at)
        _record("call_out.unanswered", standing, by, at, asked=len(asked))
        return 1
    answer_by_at = at + timedelta(minutes=standing.answer_within_minutes)
    CallOutStep.objects.create(call_out=standing, user_id=waiting[0], asked_at=at)
    CallOut.objects.filter(pk=standing.pk).update(answer_by_at=answer_by_at)
    _record(
        "call_out.asked", standing, by, at, person=waiting[0], place=len(asked), answer_by_at=answer_by_at
    )
    return 1


def _end(standing: CallOut, ending: str, at: datetime) -> None:
    standing.ended_at, standing.ending, standing.answer_by_at = at, ending, None
    standing.save(update_fields=["ended_at", "ending", "answer_by_at"])


def _record(kind: str, standing: CallOut, by: Actor, at: datetime, **facts: object) -> None:
    subjects: list[Subject] = [(standing.noun, standing.subject_id), ("call_out", standing.pk)]
    person = facts.get("person")
    if isinstance(person, int):
        subjects.append(("person", person))
    record(kind, by=by, at=at, subjects=subjects, facts={"call_out": standing.pk, **facts})
