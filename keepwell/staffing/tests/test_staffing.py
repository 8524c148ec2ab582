from datetime import UTC, date, datetime, timedelta

import pytest

from keepwell.calendars.verbs.publishing import create_calendar
from keepwell.journal.models import Entry
from keepwell.people.actors import System
from keepwell.people.models import Role
from keepwell.people.permits import NotPermitted
from keepwell.people.verbs.adding import add_person
from keepwell.people.verbs.deactivating import deactivate
from keepwell.staffing.attending import attend, others_here, turn_away
from keepwell.staffing.models import Skill, Team
from keepwell.staffing.queries import is_at_work, members, teams_at
from keepwell.staffing.verbs.absence import EndsBeforeStart, give_back_time_off, take_time_off
from keepwell.staffing.verbs.profiling import say_presence, set_hours, set_profile, set_skills
from keepwell.staffing.verbs.teaming import dissolve_team, form_team, join_team, leave_team

pytestmark = pytest.mark.django_db

INIT = System("init")
NOON = datetime(2026, 6, 9, 17, tzinfo=UTC)
HOURS = {
    "timezone": "America/Chicago",
    "hours": {day: [["07:00", "19:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
    "exceptions": {},
}


def person(name, role=Role.SPECIALIST):
    return add_person(name=name, email=f"{name}@vendor.example", roles=[role], by=INIT)


@pytest.fixture
def maria():
    return person("maria")


@pytest.fixture
def level_two():
    return form_team("Second level", level=2, by=INIT)


def test_a_team_has_its_members_who_can_sign_in(maria, level_two):
    theo = person("theo")
    for user in (maria, theo):
        join_team(level_two, user, by=INIT)
        join_team(level_two, user, by=INIT)
    deactivate(theo, by=INIT)
    assert list(members(level_two)) == [maria]
    leave_team(level_two, maria, by=INIT)
    assert not members(level_two).exists()


def test_a_dissolved_team_gets_no_cases_but_stays_readable(level_two):
    dissolve_team(level_two, by=INIT)
    assert not teams_at(2).exists()
    assert Team.objects.get() == level_two


def test_a_specialist_forms_no_teams(maria):
    with pytest.raises(NotPermitted):
        form_team("Mine", level=1, by=maria)
    assert not Team.objects.exists()


def test_somebody_is_at_work_in_his_own_hours_else_in_the_support_hours(maria):
    create_calendar("Support hours", HOURS, by=INIT, at=NOON, is_default=True)
    assert is_at_work(maria, NOON)
    mornings = create_calendar(
        "Mornings", {**HOURS, "hours": {"tue": [["07:00", "11:00"]]}}, by=INIT, at=NOON
    )
    set_profile(maria, title="Specialist", level=1, by=INIT)
    set_hours(maria, mornings, by=INIT)
    assert not is_at_work(maria, NOON)
    assert is_at_work(maria, NOON - timedelta(hours=2))


def test_a_day_off_is_a_date_where_the_person_works(maria):
    create_calendar("Support hours", HOURS, by=INIT, at=NOON, is_default=True)
    off = take_time_off(maria, date(2026, 6, 9), date(2026, 6, 9), kind="holiday", by=maria)
    assert not is_at_work(maria, NOON)
    assert is_at_work(maria, NOON + timedelta(days=1))
    give_back_time_off(off, by=maria)
    assert is_at_work(maria, NOON)


def test_nobody_enters_days_off_for_somebody_else(maria):
    with pytest.raises(NotPermitted):
        take_time_off(maria, date(2026, 6, 9), date(2026, 6, 9), kind="holiday", by=person("theo"))


def test_days_off_end_after_they_start(maria):
    with pytest.raises(EndsBeforeStart):
        take_time_off(maria, date(2026, 6, 9), date(2026, 6, 8), kind="holiday", by=maria)


def test_skills_are_replaced_as_a_whole(maria):
    set_skills(maria, [("product", "Works"), ("language", "es")], by=INIT)
    set_skills(maria, [("language", "es"), ("language", "es ")], by=INIT)
    assert list(Skill.objects.values_list("value", flat=True)) == ["es"]


def test_presence_said_twice_is_recorded_once(maria):
    set_profile(maria, title="Specialist", level=1, by=INIT)
    say_presence(maria, "here")
    say_presence(maria, "here")
    assert Entry.objects.filter(kind="staff.presence_changed").count() == 1


def test_two_people_on_one_page_see_each_other(maria):
    theo = person("theo")
    attend(maria, "case", 7, doing="reading", at=NOON)
    attend(theo, "case", 7, doing="writing", at=NOON)
    assert [(one.user, one.doing) for one in others_here(maria, "case", 7, at=NOON)] == [(theo, "writing")]
    assert others_here(maria, "case", 8, at=NOON) == []


def test_a_page_not_heard_of_counts_no_more(maria):
    theo = person("theo")
    attend(theo, "case", 7, doing="writing", at=NOON)
    assert others_here(maria, "case", 7, at=NOON + timedelta(minutes=1)) == []
    attend(theo, "case", 7, doing="reading", at=NOON)
    turn_away(theo, "case", 7)
    assert others_here(maria, "case", 7, at=NOON) == []
