"""A case comes in, or goes on as another one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from keepwell.cases.models import Case
from keepwell.cases.severities import Severity
from keepwell.cases.states import State
from keepwell.cases.words import OpenedBy
from keepwell.conversations.models import Channel
from keepwell.imports.in_bulk.rows import made
from keepwell.imports.in_bulk.sheet import Sheet
from keepwell.imports.in_bulk.starting import Start, start_conversation
from keepwell.imports.logs.events import Event
from keepwell.imports.logs.meanings import LIVE
from keepwell.imports.logs.places import Places
from keepwell.imports.logs.under_way import BY_REF, UnderWay, WindowFor

TAG = "imported"
# The customer's side does not find another desk's numbers among its own.
IS_PRIVATE = True


def open_case(sheet: Sheet, event: Event, desk: str, places: Places, window_for: WindowFor) -> UnderWay:
    """The case that the event opens."""
    account, contact = places.customer(event.account)
    is_live = event.channel in LIVE
    columns = {
        "subject": _("Case %(number)s of %(desk)s")
        % {"number": event.case[:150].replace("\n", " "), "desk": desk},
        "severity": event.severity or Severity.NORMAL.value,
        "level": event.level or 1,
        "team_id": event.team or None,
        "account_id": account,
        "contact_id": contact,
        "product_id": places.product(event.product),
        "channel": LIVE.get(event.channel) or event.channel or Channel.API.value,
        "live": is_live,
        "state": (State.OPEN if is_live else State.NEW).value,
    }
    return _opened(sheet, columns, event.at, window_for)


def go_on_as_another(work: UnderWay, at: datetime) -> UnderWay:
    """The case that takes up one whose window is over."""
    old = work.case
    names = ("subject", "severity", "level", "team_id", "account_id", "contact_id", "product_id", "channel")
    columns = {name: getattr(old, name) for name in names}
    columns |= {"follow_up_of_id": old.pk, "live": False, "state": State.NEW.value}
    return _opened(work.sheet, columns, at, work.window_for)


def _opened(sheet: Sheet, columns: Mapping[str, Any], at: datetime, window_for: WindowFor) -> UnderWay:
    cause = sheet.new_cause()
    start = Start(
        by=BY_REF,
        at=at,
        cause=cause,
        account=columns["account_id"],
        contact=columns["contact_id"],
        is_private=IS_PRIVATE,
    )
    conversation = start_conversation(sheet, start)
    case = sheet.add(
        made(
            Case,
            id=sheet.ids.next_of(Case),
            number=sheet.ids.next_case_number(),
            conversation_id=conversation,
            tags=[TAG],
            opened_by=OpenedBy.CUSTOMER.value,
            is_private=IS_PRIVATE,
            is_imported=True,
            opened_at=at,
            state_changed_at=at,
            changed_at=at,
            version=1,
            **columns,
        )
    )
    work = UnderWay(sheet=sheet, window_for=window_for, case=case, is_new=True)
    work.enter(at)
    work.record("case.opened", at, _facts(case), cause=cause)
    return work


def _facts(case: Case) -> dict[str, Any]:
    return {
        "severity": case.severity,
        "opened_by": case.opened_by,
        "live": case.live,
        "channel": case.channel,
        "unverified": False,
        "private": case.is_private,
        "account": case.account_id,
        "follow_up_of": case.follow_up_of_id,
    }
