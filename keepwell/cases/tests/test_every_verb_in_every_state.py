"""Each verb, done to a real case in each state: it is done as the table of states says, or refused whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import transaction

from keepwell.cases.models import Case
from keepwell.cases.refusals import NotNow
from keepwell.cases.states import is_allowed
from keepwell.cases.tests.elm_falls import (
    DAY,
    ENOUGH,
    HOUR,
    NINE,
    SOLVED,
    answer,
    kinds,
    now,
    words,
    write_again,
)
from keepwell.cases.verbs.assigning import Assignment, assign, change_owner
from keepwell.cases.verbs.closing import close
from keepwell.cases.verbs.contacting import HandEntry, log_contact
from keepwell.cases.verbs.detailing import change_product, change_subject, change_tags
from keepwell.cases.verbs.escalating import Destination, accept, escalate, return_, take_back_handoff
from keepwell.cases.verbs.merging import merge
from keepwell.cases.verbs.noting import add_note
from keepwell.cases.verbs.placing import Placement, place
from keepwell.cases.verbs.privacy import make_private
from keepwell.cases.verbs.reopening import reopen
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.severity import Reassessment, change_severity
from keepwell.cases.verbs.snoozing import snooze
from keepwell.cases.verbs.spam import mark_spam, not_spam
from keepwell.cases.verbs.waiting import schedule, take_back, wait_for_customer, wait_for_engineering
from keepwell.cases.verbs.withdrawing import withdraw, withdraw_for_customer
from keepwell.conversations.models import Message
from keepwell.journal.models import Entry
from tests import cast

LATER = NINE + 2 * HOUR


@dataclass(frozen=True)
class Scene:
    """One case in some state, another one beside it, and who acts."""

    case: Case
    other: Case
    maria: object
    theo: object
    dana: object

    def handed(self) -> None:
        """A hand-off waits to be answered; put there beside the verbs, which would refuse some states."""
        from_case = self.case
        from_case.escalations.create(
            from_level=1, to_level=2, known="k", tried="t", needed="n", requested_at=NINE
        )


@dataclass(frozen=True)
class Act:
    """A verb and its name in the table of states; what it records first, "" for nothing about the case."""

    name: str
    do: Callable[[Scene], object]
    records: str
    before: Callable[[Scene], object] = lambda scene: None


def called() -> HandEntry:
    return HandEntry(happened_at=LATER - HOUR, enter_until_at=LATER, said="Told her", reason="From the car")


ACTS = [
    Act("reply", lambda s: reply(s.case, Reply(words=words()), by=s.maria, at=LATER), "message.written"),
    Act("note", lambda s: add_note(s.case, words(), by=s.maria, at=LATER), "note.added"),
    Act("note", lambda s: make_private(s.case, by=s.maria, at=LATER), "conversation.made_private"),
    Act(
        "place",
        lambda s: place(s.case, Placement(account=cast.elm_falls(), contact=s.case.contact), by=s.maria),
        "",
    ),
    Act("mark_spam", lambda s: mark_spam(s.case, by=s.maria, at=LATER), "case.marked_spam"),
    Act(
        "change_details",
        lambda s: change_subject(s.case, "New", by=s.maria, at=LATER),
        "case.subject_changed",
    ),
    Act("change_details", lambda s: change_tags(s.case, ["x"], by=s.maria, at=LATER), "case.tags_changed"),
    Act(
        "change_details",
        lambda s: change_product(s.case, cast.roadworks(), by=s.maria, at=LATER),
        "case.product_changed",
    ),
    Act(
        "change_severity",
        lambda s: change_severity(s.case, Reassessment(severity="low"), by=s.maria, at=LATER),
        "case.severity_changed",
    ),
    Act("log_contact", lambda s: log_contact(s.case, called(), by=s.maria, at=LATER), "case.contact_logged"),
    Act("assign", lambda s: assign(s.case, Assignment(to=s.maria), by=s.maria, at=LATER), "case.assigned"),
    Act("assign", lambda s: change_owner(s.case, s.maria, by=s.maria, at=LATER), "case.owner_changed"),
    Act(
        "escalate",
        lambda s: escalate(s.case, Destination(level=2), ENOUGH, by=s.maria, at=LATER),
        "case.escalated",
    ),
    Act(
        "answer_hand_off",
        lambda s: accept(s.case, by=s.theo, at=LATER),
        "case.escalation_accepted",
        Scene.handed,
    ),
    Act(
        "answer_hand_off",
        lambda s: return_(s.case, "Not yet", by=s.theo, at=LATER),
        "case.escalation_returned",
        Scene.handed,
    ),
    Act(
        "answer_hand_off",
        lambda s: take_back_handoff(s.case, by=s.maria, at=LATER),
        "case.escalation_taken_back",
        Scene.handed,
    ),
    Act("snooze", lambda s: snooze(s.case, LATER + DAY, by=s.maria, at=LATER), "case.snoozed"),
    Act("wait_for_customer", lambda s: wait_for_customer(s.case, by=s.maria, at=LATER), "case.wait_began"),
    Act(
        "wait_for_engineering",
        lambda s: wait_for_engineering(s.case, by=s.maria, at=LATER),
        "case.engineering_wait_began",
    ),
    Act("schedule", lambda s: schedule(s.case, LATER + DAY, by=s.maria, at=LATER), "case.scheduled"),
    Act("take_back", lambda s: take_back(s.case, by=s.maria, at=LATER), "case.taken_back"),
    Act("resolve", lambda s: resolve(s.case, SOLVED, by=s.maria, at=LATER), "case.resolved"),
    Act("withdraw", lambda s: withdraw(s.case, by=s.dana, at=LATER), "case.withdrawn"),
    Act(
        "withdraw",
        lambda s: withdraw_for_customer(s.case, "Dana called.", by=s.maria, at=LATER),
        "case.withdrawn",
    ),
    Act("close", lambda s: close(s.case, by=s.maria, at=LATER), "case.closed"),
    Act("reopen", lambda s: reopen(s.case, by=s.maria, at=LATER), "case.reopened"),
    Act("merge", lambda s: merge(s.case, s.other, by=s.maria, at=LATER), "case.merged"),
    Act("receive", lambda s: write_again(s.case, s.dana, LATER), "message.received"),
]

INTO = {
    "new": lambda s: None,
    "open": lambda s: answer(s.case, s.maria, NINE),
    "waiting_on_customer": lambda s: answer(s.case, s.maria, NINE, intention="wait"),
    "waiting_on_engineering": lambda s: wait_for_engineering(s.case, by=s.maria, at=NINE),
    "scheduled": lambda s: schedule(s.case, NINE + DAY, by=s.maria, at=NINE),
    "resolved": lambda s: resolve(s.case, SOLVED, by=s.maria, at=NINE),
    "closed": lambda s: (resolve(s.case, SOLVED, by=s.maria, at=NINE), close(s.case, by=s.maria, at=NINE)),
    "spam": lambda s: mark_spam(s.case, by=s.maria, at=NINE),
    "merged": lambda s: merge(s.case, s.other, by=s.maria, at=NINE),
}


def column_values(case: Case) -> dict:
    return Case.objects.filter(pk=case.pk).values().get()


@pytest.mark.parametrize("state", INTO)
def test_in_each_state_each_verb_is_done_once_or_refused_whole(state, opened, maria, theo, dana):
    scene = Scene(case=opened(), other=opened(), maria=maria, theo=theo, dana=dana)
    INTO[state](scene)
    assert cast.roadworks()
    before = now(scene.case)
    stands = {"is_spam": before.is_spam, "is_merged": before.is_merged}
    for act in ACTS:
        taken_back = transaction.savepoint()
        act.before(scene)
        check(scene, act, is_expected=is_allowed(act.name, before.state, **stands))
        transaction.savepoint_rollback(taken_back)


def check(scene: Scene, act: Act, *, is_expected: bool) -> None:
    row, recorded = column_values(scene.case), Entry.objects.count()
    told = len(kinds(scene.case))
    if not is_expected:
        with pytest.raises(NotNow) as refused:
            act.do(scene)
        assert "Nothing was changed" in str(refused.value)
        assert (column_values(scene.case), Entry.objects.count()) == (row, recorded)
        return
    act.do(scene)
    if not act.records or scene.case.pk != standing(scene, act).pk:
        return
    new = kinds(scene.case)[told:]
    assert new[:1] == [act.records]
    changing = [
        kind for kind in new if kind.startswith("case.") or kind in ("message.received", "message.sent")
    ]
    assert now(scene.case).version - row["version"] == len(changing)
    assert len([kind for kind in new if kind.startswith("case.")]) <= 2 if act.name == "receive" else 1


def standing(scene: Scene, act: Act) -> Case:
    """The case that the act reached: a word to a merged case reaches its survivor."""
    return scene.other if act.name == "receive" and now(scene.case).is_merged else scene.case


def test_what_was_marked_as_spam_can_be_taken_back_in_every_state(opened, maria, theo, dana):
    for state in [name for name in INTO if name not in ("spam", "merged")]:
        scene = Scene(case=opened(), other=opened(), maria=maria, theo=theo, dana=dana)
        INTO[state](scene)
        before = column_values(scene.case)
        mark_spam(scene.case, by=maria, at=LATER)
        not_spam(scene.case, by=maria, at=LATER)
        after = column_values(scene.case)
        assert {name for name in before if before[name] != after[name]} == {"version", "changed_at"}


def test_messages_are_kept_in_every_state(opened, maria, theo, dana):
    for put in INTO.values():
        scene = Scene(case=opened(), other=opened(), maria=maria, theo=theo, dana=dana)
        put(scene)
        reached = write_again(scene.case, dana, LATER, "Still there?")
        assert Message.objects.filter(conversation=reached.conversation_id, body="Still there?").count() == 1
