"""A log of another desk becomes cases, once, whatever stands in it and whenever it is stopped."""

from datetime import UTC, datetime, timedelta

import pytest

from keepwell.cases.models import Case, Closure, Escalation, LevelStay
from keepwell.cases.verbs.noting import add_note
from keepwell.conversations.models import Message
from keepwell.conversations.words import Words
from keepwell.customers.models import Account, Contact
from keepwell.customers.verbs.opening import open_account
from keepwell.imports.logs import writing
from keepwell.imports.logs.mapping import MapRefused
from keepwell.imports.logs.tests.conftest import INIT, MAP, NOW, tried
from keepwell.imports.models import ImportedCase, ImportedLog
from keepwell.journal.models import Entry
from keepwell.outbox.models import Outgoing
from keepwell.people.models import Role
from keepwell.people.permits import NotPermitted
from keepwell.people.verbs.adding import add_person
from keepwell.service_levels.checking import clock_differences
from keepwell.service_levels.models import Clock
from keepwell.service_levels.passing import fire_what_is_due
from keepwell.staffing.models import Team

ONE = (
    "A-1,2026-06-01T12:00,Created,P2,Tier 1,Front",
    "A-1,2026-06-01T13:00,Answered,P2,Tier 1,Front",
    "A-1,2026-06-01T13:00,Asked back,P2,Tier 1,Front",
    "A-1,2026-06-02T09:00,Customer wrote,P1,Tier 2,Back",
    "A-1,2026-06-02T15:00,Solved,P1,Tier 2,Back",
)
TWO = (
    "A-2,2026-06-17T12:00,Created,P1,Tier 1,Front",
    "A-2,2026-06-17T20:00,Answered,P1,Tier 1,Front",
)


def june(day, hour, minute=0):
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC)


def told_of(case):
    return list(Entry.objects.about("case", case.pk).values_list("kind", "occurred_at"))


def kinds_of(case):
    return [kind for kind, _at in told_of(case)]


def counts():
    tables = (Case, Entry, Clock, Closure, LevelStay, ImportedCase, Contact, Account)
    return {table.__name__: table.objects.count() for table in tables}


def case_called(external, part=1):
    return Case.objects.get(pk=ImportedCase.objects.get(external=external, part=part).case_id)


def test_a_history_comes_in_as_the_verbs_would_have_left_it(log):
    report, refused = log(*ONE)
    assert refused == []
    case = Case.objects.get()
    known = (case.subject, case.is_imported, case.severity, case.level, case.tags)
    assert known == ("Case A-1 of Old desk", True, "high", 2, ["imported"])
    assert (case.opened_at, case.state, case.resolved_at) == (june(1, 12), "closed", june(2, 15))
    assert told_of(case) == [
        ("case.opened", june(1, 12)),
        ("message.sent", june(1, 13)),
        ("case.wait_began", june(1, 13)),
        ("case.severity_changed", june(2, 9)),
        ("case.escalated", june(2, 9)),
        ("case.escalation_accepted", june(2, 9)),
        ("message.received", june(2, 9)),
        ("case.resolved", june(2, 15)),
        ("case.closed", june(16, 15) + timedelta(seconds=1)),
    ]
    assert case.version == len(told_of(case))
    assert [(stay.level, stay.left_at) for stay in LevelStay.objects.all()] == [
        (1, june(2, 9)),
        (2, june(2, 15)),
    ]
    assert Escalation.objects.get().state == "accepted"


def test_its_clocks_are_what_the_replay_gives_and_what_the_promise_says(log):
    log(*ONE)
    assert list(clock_differences(at=NOW)) == []
    first = Clock.objects.get(metric="initial_contact")
    assert (first.state, first.started_at, first.stopped_at) == ("met", june(1, 12), june(1, 13))


def test_who_did_it_is_the_import_and_when_it_was_written_down_is_now(log):
    log(*ONE)
    entries = Entry.objects.about("case", Case.objects.get().pk)
    assert set(entries.values_list("actor_kind", "actor_id")) == {("system.import", None)}
    assert all(entry.recorded_at > entry.occurred_at for entry in entries)


def test_nobody_is_told_of_anything_then_or_later(log, clock_at):
    log(*ONE, *TWO)
    clock_at(NOW + timedelta(days=30))
    fire_what_is_due()
    assert not Outgoing.objects.exists()
    assert not Message.objects.exists()
    assert not Entry.objects.filter(kind__startswith="clock.").exists()
    assert Clock.objects.filter(state="missed").exists()


def test_a_trial_keeps_nothing_and_says_what_would_come_in(log):
    before = counts()
    report, refused = log(*ONE, *TWO, is_applied=False)
    assert counts() == before
    assert not ImportedLog.objects.exists()
    said = report.sentences()
    assert "2 new cases, 7 events, from 2026-06-01 12:00 UTC to 2026-06-17 20:00 UTC." in said
    assert said[-1] == "This was a trial: nothing was kept."


def test_the_same_log_again_changes_nothing(log):
    log(*ONE, *TWO)
    before = counts()
    report, refused = log(*ONE, *TWO)
    assert counts() == before
    assert (report.cases, report.events, report.as_they_were) == (0, 0, 2)
    assert ImportedLog.objects.get().cases == 2


def test_later_events_of_a_case_are_added_and_its_clocks_follow(log):
    log(*ONE, *TWO)
    report, refused = log(
        *ONE, *TWO, "A-2,2026-06-18T08:00,Solved,P1,Tier 1,Front", "A-3,2026-06-18T08:00,Created,P3,,"
    )
    assert (report.cases, report.going_on, report.as_they_were, report.events) == (1, 1, 1, 2)
    case = case_called("A-2")
    assert (case.state, case.resolved_at) == ("resolved", june(18, 8))
    assert kinds_of(case) == ["case.opened", "message.sent", "case.resolved"]
    assert list(clock_differences(at=NOW)) == []
    assert not Entry.objects.filter(kind__startswith="clock.").exists()


def test_a_file_of_what_is_new_only_needs_no_opening_of_what_is_here(log):
    log(*TWO)
    report, refused = log("A-2,2026-06-18T08:00,Solved,P1,Tier 1,Front")
    assert refused == []
    assert case_called("A-2").state == "resolved"


def test_an_event_that_comes_up_behind_what_is_in_is_counted_and_left_out(log):
    log(*TWO)
    report, refused = log(*TWO, "A-2,2026-06-17T13:00,Asked back,P1,Tier 1,Front")
    assert (report.events, report.unseen) == (0, 1)


def test_where_somebody_here_has_worked_on_a_case_the_log_adds_nothing(log):
    log(*TWO)
    maria = add_person(name="Maria Ruiz", email="maria@vendor.example", roles=[Role.SPECIALIST], by=INIT)
    add_note(case_called("A-2"), Words(body="I know that one."), by=maria)
    report, refused = log(*TWO, "A-2,2026-06-18T08:00,Solved,P1,Tier 1,Front")
    assert refused == ["line 4: its case 'A-2' has been worked on here since it was brought in."]
    assert case_called("A-2").state == "open"


def test_reopened_within_its_window_it_is_the_same_case(log):
    log(*ONE, "A-1,2026-06-05T12:00,Reopened,P1,Tier 2,Back")
    case = Case.objects.get()
    assert (case.state, kinds_of(case)[-1]) == ("open", "case.reopened")
    assert Closure.objects.get().reopened_at == june(5, 12)


def test_reopened_after_its_window_it_goes_on_as_another_case(log):
    later = ("A-1,2026-06-18T12:00,Reopened,P1,Tier 2,Back", "A-1,2026-06-19T12:00,Solved,P1,Tier 2,Back")
    log(*ONE, *later[:1])
    first, second = case_called("A-1"), case_called("A-1", part=2)
    assert (first.state, second.state, second.follow_up_of) == ("closed", "new", first)
    assert (second.opened_at, second.level, second.severity) == (june(18, 12), 2, "high")
    log(*ONE, *later)
    assert case_called("A-1", part=2).state == "resolved"
    assert Case.objects.count() == 2
    assert list(clock_differences(at=NOW)) == []


def test_what_a_case_cannot_take_where_it_stands_leaves_nothing(log):
    log(*ONE, "A-1,2026-06-03T12:00,Solved,P1,Tier 2,Back", "A-1,2026-06-04T12:00,Taken up,P1,Tier 2,Back")
    assert kinds_of(Case.objects.get())[-2:] == ["case.resolved", "case.closed"]


def test_spam_is_void(log):
    log(*TWO[:1], "A-2,2026-06-17T12:10,Junk,P1,Tier 1,Front")
    assert Case.objects.get().is_spam
    assert set(Clock.objects.values_list("state", flat=True)) == {"void"}


def test_a_log_of_states_only_is_read_by_their_changes(log):
    mapping = """\
desk = "Old desk"
zone = "UTC"
[columns]
case = "Ticket"
time = "When"
state = "State"
[states]
"New" = "new"
"In work" = "answered"
"Pending" = "waiting_on_customer"
"Done" = "resolved"
"""
    rows = (
        "1,2026-06-15T12:00,New",
        "1,2026-06-15T13:00,In work",
        "1,2026-06-15T13:30,In work",
        "1,2026-06-15T14:00,Pending",
        "1,2026-06-16T14:00,In work",
        "1,2026-06-17T14:00,Done",
        "1,2026-06-17T15:00,Pending",
    )
    log(*rows, mapping=mapping, heading="Ticket,When,State\n")
    assert kinds_of(Case.objects.get()) == [
        "case.opened",
        "message.sent",
        "case.wait_began",
        "case.taken_back",
        "message.sent",
        "case.resolved",
        "case.reopened",
        "case.wait_began",
    ]


def test_a_case_stands_under_its_account_where_that_is_here_and_else_under_a_placeholder(log):
    elm_falls = open_account("Elm Falls", by=INIT)
    mapping = MAP.replace("[columns]", '[columns]\naccount = "Customer"')
    heading = "Ticket,When,What,Priority,Tier,Group,Customer\n"
    rows = [
        f"{ticket},2026-06-17T12:00,Created,P1,,,{name}"
        for ticket, name in [("1", "elm falls"), ("2", "Oak")]
    ]
    report, refused = log(*rows, mapping=mapping, heading=heading)
    assert case_called("1").account == elm_falls
    assert case_called("2").account.name == "Imported from Old desk"
    assert {case.contact.name for case in Case.objects.all()} == {"Imported from Old desk"}
    assert "Not known here, as account: Oak (1)." in report.sentences()


def test_the_customers_side_does_not_see_it(log):
    log(*ONE)
    case = Case.objects.get()
    assert case.is_private
    assert case.conversation.is_private


def test_a_group_is_a_team_of_ours_and_one_that_there_is_not_is_named(log):
    team = Team.objects.create(name="First level", level=1)
    log(*TWO, mapping=MAP.replace('"*" = "ignored"', '"Front" = "first level"'))
    assert Case.objects.get().team == team
    with pytest.raises(MapRefused, match="Did you mean 'First level'"):
        log(*TWO, mapping=MAP.replace('"*" = "ignored"', '"Front" = "Frist level"'))


def test_with_a_value_that_is_not_mapped_nothing_is_kept(log):
    report, refused = log(*ONE, "A-1,2026-06-02T16:00,Survey sent,P1,Tier 2,Back")
    said = report.sentences()
    assert "Not mapped under [activities]: Survey sent (1)." in said
    assert said[-1].startswith("Nothing was kept")
    assert not Case.objects.exists()


def test_stopped_in_the_middle_and_begun_again_it_is_as_if_it_had_not_been_stopped(log, monkeypatch):
    rows = [
        f"{number},2026-06-0{number}T12:00,{what},P2,Tier 1,"
        for number in range(1, 7)
        for what in ("Created", "Solved")
    ]
    monkeypatch.setattr("keepwell.imports.logs.sorting_out.CASES_AT_ONCE", 2)
    whole = writing.Writer.write

    def stopped(self, chunk):
        if chunk[0][0].case == "5":
            raise KeyboardInterrupt
        return whole(self, chunk)

    monkeypatch.setattr(writing.Writer, "write", stopped)
    with pytest.raises(KeyboardInterrupt):
        log(*rows)
    assert Case.objects.count() == 4
    assert ImportedLog.objects.get().ended_at is None
    monkeypatch.setattr(writing.Writer, "write", whole)
    report, refused = log(*rows)
    assert (report.cases, report.as_they_were) == (2, 4)
    assert Case.objects.count() == ImportedCase.objects.count() == 6
    imported = ImportedLog.objects.get()
    assert (imported.cases, imported.events, imported.ended_at) == (6, 12, NOW)


def test_whoever_may_not_bring_in_files_may_not_bring_in_a_log(log, tmp_path):
    maria = add_person(name="Maria Ruiz", email="maria@vendor.example", roles=[Role.SPECIALIST], by=INIT)
    with pytest.raises(NotPermitted):
        tried(tmp_path / "none.csv", by=maria)


def test_the_desk_shows_an_imported_case_and_the_list_it_stands_in(log, client):
    log(*ONE, *TWO)
    maria = add_person(name="Maria Ruiz", email="maria@vendor.example", roles=[Role.SPECIALIST], by=INIT)
    client.force_login(maria)
    case = case_called("A-1")
    page = client.get(f"/desk/cases/{case.number}/")
    assert page.status_code == 200
    assert "Case A-1 of Old desk" in page.text
    assert "Reply sent" in page.text
    assert "Case A-2 of Old desk" in client.get("/desk/cases/").text
