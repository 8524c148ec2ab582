"""A case comes in, by form, portal or telephone."""

from __future__ import annotations

from typing import Any

from keepwell.cases.models import Case
from keepwell.cases.states import State
from keepwell.cases.words import OpenedBy
from keepwell.imports.in_bulk.rows import made
from keepwell.imports.in_bulk.starting import Start, start_conversation
from keepwell.operate.demo.stories import Act
from keepwell.operate.load.acts.answering import note_down, receive
from keepwell.operate.load.under_way import UnderWay


def open_case(work: UnderWay, act: Act) -> None:
    given, cause = act.given, work.sheet.new_cause()
    is_told = given["way"] == "phone"
    by = work.staff(act.who) if is_told else work.customer_ref
    start = Start(by=by, at=act.at, cause=cause, account=work.customer.account, contact=work.opener[0])
    conversation = start_conversation(work.sheet, start)
    work.open(_new_case(work, act, conversation))
    work.enter(act.at)
    work.record("case.opened", by=by, at=act.at, cause=cause, facts=_opened(work.case))
    if is_told:
        note_down(work, given["words"], by, act.at, cause)
    else:
        receive(work, given["words"], given["way"], act.at, cause)


def _new_case(work: UnderWay, act: Act, conversation: int) -> Case:
    given, at = act.given, act.at
    deployment, product = work.customer.deployments[given["product"]]
    return made(
        Case,
        id=work.sheet.ids.next_of(Case),
        number=work.sheet.ids.next_case_number(),
        conversation_id=conversation,
        subject=given["subject"],
        situation=given["situation"],
        severity=given["severity"],
        state=(State.OPEN if given["is_live"] else State.NEW).value,
        account_id=work.customer.account,
        contact_id=work.opener[0],
        product_id=product,
        deployment_id=deployment,
        channel=given["way"],
        opened_by=OpenedBy.CUSTOMER.value,
        live=given["is_live"],
        opened_at=at,
        state_changed_at=at,
        changed_at=at,
        version=1,
    )


def _opened(case: Case) -> dict[str, Any]:
    return {
        "severity": case.severity,
        "opened_by": case.opened_by,
        "live": case.live,
        "channel": case.channel,
        "unverified": False,
        "private": False,
        "account": case.account_id,
        "follow_up_of": None,
    }
