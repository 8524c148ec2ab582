"""The answer: at once where few cases are to be replayed, else by a job, kept for an hour."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from procrastinate.contrib.django import app

from keepwell.insight.guidelines.side_by_side import Numbers, numbers_of
from keepwell.insight.models import WhatIf
from keepwell.insight.models.what_if import KEPT_FOR
from keepwell.insight.what_if.question import Question, question_from
from keepwell.journal.live import tell
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.service_levels.attainment import attainment_of
from keepwell.service_levels.cohorts import cohort_of
from keepwell.service_levels.what_if import MANY, cases_to_replay, edited_cohort

JOB = "insight.what_if"


def answered(question: Question, *, at: datetime) -> WhatIf:
    """The answer, or how far it is. Of few cases nothing is kept; of many, a job is asked for it, once."""
    kept = WhatIf.objects.filter(key=question.key, asked_at__gt=at - KEPT_FOR).first()
    if kept:
        return kept
    cases = cases_to_replay(question.selection, at=at)
    if cases >= MANY:
        return _asked_for(question, cases, at)
    answer = _answer(question, WhatIf(), at=at)
    return WhatIf(asked_at=at, cases=cases, as_of=at, answer=answer)


def work_out(what_if: int) -> None:
    """What the job does; nothing, if it was done or is not wanted any more."""
    asked = WhatIf.objects.filter(pk=what_if, answer__isnull=True).first()
    if asked is None:
        return
    at = clock.now()
    _moved(asked, replayed=0, moved_at=at, failed_at=None)
    try:
        answer = _answer(question_from(asked.question), asked, at=at)
    except Exception:
        _moved(asked, failed_at=clock.now())
        raise
    _moved(asked, answer=answer, as_of=at)


def forget(question: Question, *, at: datetime) -> None:
    """What was worked out, or failed, is not kept any longer; what is under way stays."""
    for one in WhatIf.objects.filter(key=question.key):
        if one.answer is not None or one.has_failed(at):
            one.delete()


def forget_old(*, at: datetime) -> None:
    WhatIf.objects.filter(asked_at__lte=at - KEPT_FOR).delete()


@all_or_nothing()
def _asked_for(question: Question, cases: int, at: datetime) -> WhatIf:
    WhatIf.objects.filter(key=question.key, asked_at__lte=at - KEPT_FOR).delete()
    given = {"question": question.as_json(), "asked_at": at, "cases": cases}
    found, is_new = WhatIf.objects.get_or_create(key=question.key, defaults=given)
    if is_new:
        # One at a time: each takes all cores.
        app.configure_task(JOB, lock=JOB).defer(what_if=found.pk)
    return found


def _answer(question: Question, asked: WhatIf, *, at: datetime) -> dict[str, Numbers]:
    def moved(cases: int) -> None:
        if asked.pk:
            _moved(asked, replayed=F("replayed") + cases, moved_at=clock.now())

    would_be = edited_cohort(question.selection, question.edited, at=at, moved=moved)
    was = cohort_of(question.selection, at=at)
    return {
        "was": numbers_of(attainment_of(was), question.objective),
        "would_be": numbers_of(attainment_of(would_be), question.other),
    }


def _moved(asked: WhatIf, **changes: object) -> None:
    WhatIf.objects.filter(pk=asked.pk).update(**changes)
    tell(f"what_if:{asked.pk}")
