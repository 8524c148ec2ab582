"""What stands beside the thread: a panel each, and what it is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from keepwell.cases.locking import allows
from keepwell.cases.models import Case, CaseQuerySet
from keepwell.cases.words import LEVEL_WORDS, HandOffState
from keepwell.customers.naming import contact_name
from keepwell.customers.queries import current_stewards
from keepwell.desk.access import reader
from keepwell.desk.case_page.clocks import promises_of
from keepwell.desk.case_page.hand_offs import hand_offs_of
from keepwell.desk.case_page.people import participants_of
from keepwell.desk.registry import CasePanel, entries_for
from keepwell.kit import clock, clock_face
from keepwell.kit.addresses import address
from keepwell.kit.asking import Question, takes_all
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.staffing.models import LEVELS

OTHERS_SHOWN = 6


@dataclass(frozen=True, kw_only=True)
class ShownPanel:
    """One panel with what it is given; `topics` are what it is fetched again on."""

    name: str
    template: str
    given: Mapping[str, Any]
    topics: str
    address: str


def shown_panels(request: HttpRequest, case: Case) -> list[ShownPanel]:
    """The panels that this reader has beside this case, in order."""
    asked = [shown_panel(request, case, entry) for entry in entries_for(reader(request), CasePanel)]
    return [panel for panel in asked if panel]


def shown_panel(request: HttpRequest, case: Case, entry: CasePanel) -> ShownPanel | None:
    """One panel; None where it says nothing about this case."""
    given = entry.context(request, case)
    if given is None:
        return None
    return ShownPanel(
        name=entry.name,
        template=entry.template,
        given=given,
        topics=" ".join(topic % case.pk if "%d" in topic else topic for topic in entry.live),
        address=address("desk:case_panel", case.number, entry.name),
    )


def may_do(who: User, case: Case, act: str, permit: str) -> bool:
    """Whether this is offered: it is permitted, and the case stands so."""
    return permits.may(who, permit) and allows(case, act)


def promises(request: HttpRequest, case: Any) -> dict[str, Any]:
    now, zone = clock.now(), timezone.get_current_timezone()
    return {
        "promises": promises_of(case, now, zone),
        "update": _promised_update(case.update_json) if case.update_json else None,
        "may_promise": permits.may(reader(request), "case.reply") and case.is_open and not case.is_merged,
    }


def _promised_update(update: Mapping[str, str]) -> dict[str, Any]:
    promised_at, due_at = (datetime.fromisoformat(update[name]) for name in ("promised_at", "due_at"))
    shown = clock_face.Clock(state="running", started_at=promised_at, due_at=due_at)
    return {"clock": shown, "due_at": due_at, "by": update["by"] or update["address"]}


def customer(request: HttpRequest, case: Case) -> dict[str, Any]:
    listed = _others(request, case)
    opener = next((part for part in participants_of(case) if part.contact_id == case.contact_id), None)
    return {
        "others": listed[:OTHERS_SHOWN],
        "has_more": len(listed) > OTHERS_SHOWN,
        "stewards": current_stewards(case.account) if case.account else [],
        "contact_name": contact_name(case.contact, opener.email if opener else None),
        "contact_email": opener.email if opener else "",
    }


def _others(request: HttpRequest, case: Case) -> list[Case]:
    seen = Case.objects.visible_to(reader(request))
    if not takes_all(seen):
        return list(_open_beside(seen, case.pk, case.account_id, case.contact_id))
    if case.account_id:
        return OF_ACCOUNT.objects(case.pk, case.account_id)
    return OF_CONTACT.objects(case.pk, case.contact_id)


def _open_beside(
    seen: CaseQuerySet, case: int, account: int | None, contact: int | None = None
) -> CaseQuerySet:
    """Of its account, or of its contact alone where it has none; one more than is shown."""
    others = seen.open().exclude(pk=case)
    others = others.filter(account=account) if account else others.filter(contact=contact)
    listed: CaseQuerySet = others.only("number", "subject", "severity").order_by("-changed_at", "-pk")
    return listed[: OTHERS_SHOWN + 1]


OF_ACCOUNT = Question(lambda case, account: _open_beside(Case.objects.all(), case, account))
OF_CONTACT = Question(lambda case, contact: _open_beside(Case.objects.all(), case, None, contact))


def hand_off(request: HttpRequest, case: Case) -> dict[str, Any]:
    who, asked = reader(request), hand_offs_of(case)
    open_one = next((one for one in asked if one.state == HandOffState.REQUESTED), None)
    last = open_one or next((one for one in reversed(asked) if one.state == HandOffState.ACCEPTED), None)
    return {
        "steps": _steps(case, clock.now()),
        "asked": open_one,
        "history": [one for one in reversed(asked) if one is not open_one],
        "may_accept": bool(open_one) and may_do(who, case, "answer_hand_off", "case.take_hand_off"),
        "may_return": bool(last) and may_do(who, case, "answer_hand_off", "case.take_hand_off"),
        "may_take_back": bool(last) and may_do(who, case, "answer_hand_off", "case.escalate"),
    }


def _steps(case: Case, now: datetime) -> list[dict[str, Any]]:
    times = _times(case, now)
    words = dict(LEVELS)
    return [
        {
            "words": words[level],
            "spent_for": times.get(level, timedelta(0)),
            "is_now": level == case.level,
            "was_there": level in times,
        }
        for level, _words in LEVEL_WORDS
    ]


def _times(case: Any, now: datetime) -> dict[int, timedelta]:
    """How long the case was at each level while there was work to do."""
    times: dict[int, timedelta] = {}
    for stay in case.stays_json:
        left_at = datetime.fromisoformat(stay["left_at"]) if stay["left_at"] else now
        spent_for = max(left_at - datetime.fromisoformat(stay["entered_at"]), timedelta(0))
        times[stay["level"]] = times.get(stay["level"], timedelta(0)) + spent_for
    return times


def people(request: HttpRequest, case: Case) -> dict[str, Any]:
    who = reader(request)
    return {
        "participants": [
            {"row": part, "name": contact_name(part.contact, part.email)} for part in participants_of(case)
        ],
        "may_assign": may_do(who, case, "assign", "case.assign"),
        "may_decide": permits.may(who, "case.reply") and not case.is_merged,
    }


def details(request: HttpRequest, case: Case) -> dict[str, Any]:
    who = reader(request)
    return {
        "closures": case.closures.select_related("ended_by") if _has_ended(case) else [],
        "may_change": may_do(who, case, "change_details", "case.change_details"),
        "may_make_private": may_do(who, case, "note", "case.reply"),
    }


def _has_ended(case: Case) -> bool:
    return not case.is_open and not case.is_spam


def history(request: HttpRequest, case: Case) -> dict[str, Any]:
    return {}
