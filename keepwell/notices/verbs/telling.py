"""Telling people of an entry of the journal: a notice for each, and what is to leave the house."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from keepwell.cases.at_hand import opening_case
from keepwell.cases.models import Case
from keepwell.cases.severities import Severity
from keepwell.journal.live import tell_all
from keepwell.journal.models import Entry
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.notices.around import About, people_around, staff_with
from keepwell.notices.audience import audience_of
from keepwell.notices.happenings import Happening, Way, is_urgent
from keepwell.notices.leaving import News, leaves_at
from keepwell.notices.matters import Matter, matter_of
from keepwell.notices.models import Dispatch, Notice
from keepwell.notices.reaching import reach_of
from keepwell.people.models import User
from keepwell.staffing.queries import on_call_at

# What happened longer ago is no news to anybody: a history brought in, or entered by hand later. A worker
# that was away over a long weekend still tells what was missed.
IS_NEWS_FOR = timedelta(days=4)

Ways = Mapping[Way, datetime]


@all_or_nothing()
def tell(happening: Happening, entry: Entry) -> int:
    """Whoever it concerns has a notice of it; gives how many. Once for each entry: a constraint holds that.

    Nobody is told of his own act, of what he may not see, of a case that is spam, merged or brought in, or
    of what is long past. Nothing is recorded: a notice is a reader of the entry.
    """
    if entry.occurred_at <= clock.now() - IS_NEWS_FOR:
        return 0
    case = _case_of(entry)
    if case is not None and (case.is_spam or case.is_merged or case.is_imported):
        return 0
    matter = matter_of(entry) if case is None else None
    people = people_around(happening, About(entry=entry, case=case, matter=matter))
    told = _readers(audience_of(happening, people, doer=_doer(entry)))
    if not told:
        return 0
    news = News(
        happening=happening,
        at=max(entry.occurred_at, clock.now()),
        is_high=case is not None and case.severity == Severity.HIGH.value,
    )
    on_call = on_call_at(news.at) if is_urgent(happening, is_high=news.is_high) else frozenset()
    ways = {
        user.pk: leaves_at(news, reach_of(user, at=news.at, is_on_call=user.pk in on_call)) for user in told
    }
    about = {"case": case, **(_about(matter) if matter else {})}
    return _write(entry, about, news, {user: found for user, found in ways.items() if found})


def _case_of(entry: Entry) -> Case | None:
    """The case as it stands now, within the change."""
    found = entry.ids_of("case")
    if not found:
        return None
    return opening_case(found) or Case.objects.filter(pk__in=found).first()


def _readers(people: Iterable[int]) -> list[User]:
    """Those of them who may see every case, with what they chose: the staff. Nobody else has notices."""
    known = list(people)
    if not known:
        return []
    return list(staff_with("case.see").filter(pk__in=known).select_related("notice_wishes"))


def _doer(entry: Entry) -> int | None:
    noun, identity = entry.actor_ref
    return identity if noun == "person" else None


def _about(matter: Matter) -> dict[str, Any]:
    return {"account_id": matter.account, "noun": matter.noun, "thing": matter.pk}


def _write(entry: Entry, about: Mapping[str, Any], news: News, ways: Mapping[int, Ways]) -> int:
    notices = [
        Notice(
            entry=entry,
            user_id=user,
            **about,
            happening=news.happening.value,
            is_high=news.is_high,
            rings=Way.BELL in found,
            happened_at=entry.occurred_at,
        )
        for user, found in ways.items()
    ]
    Notice.objects.bulk_create(notices)
    Dispatch.objects.bulk_create(
        Dispatch(notice=notice, way=way.value, due_at=due_at)
        for notice in notices
        for way, due_at in ways[notice.user_id].items()
        if way is not Way.BELL
    )
    tell_all({f"notices:{notice.user_id}": entry.pk for notice in notices})
    return len(notices)
