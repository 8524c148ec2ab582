from __future__ import annotations

import pytest

from keepwell.customers.verbs.products import add_product
from keepwell.desk.tests.people import BY_TEST, person, queries_of, signed_in
from keepwell.people.models import Role, User
from keepwell.staffing.models import Skill, StaffProfile, Team, TimeOff
from keepwell.staffing.verbs.teaming import form_team, join_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return signed_in(person(Role.ADMINISTRATOR, "Ada Okafor"))


@pytest.fixture
def maria() -> User:
    return person(Role.SPECIALIST, "Maria Petersen")


def part(user: User, name: str) -> str:
    return f"/desk/settings/people/{user.pk}/{name}/"


@pytest.mark.parametrize("address", ["people/", "people/new/", "brand/", "outbox/", "import/", "journal/"])
def test_a_specialist_is_told_that_he_may_not(address):
    response = signed_in(person(Role.SPECIALIST)).get(f"/desk/settings/{address}")
    assert response.status_code == 403
    assert "Your role does not allow this" in response.content.decode()


def test_a_lead_sets_up_teams_and_products_and_nothing_else():
    client = signed_in(person(Role.LEAD))
    page = client.get("/desk/settings/").content.decode()
    assert "/desk/settings/teams/" in page
    assert "/desk/settings/products/" in page
    assert "/desk/settings/people/" not in page


def test_the_list_of_people_costs_the_same_with_ten_and_with_twenty(ada):
    team = form_team("First level", level=1, by=BY_TEST)
    for number in range(10):
        join_team(team, person(Role.SPECIALIST, f"Somebody {number:02}"), by=BY_TEST)
    ten = queries_of(ada, "/desk/settings/people/")
    for number in range(10, 20):
        join_team(team, person(Role.SPECIALIST, f"Somebody {number:02}"), by=BY_TEST)
    assert queries_of(ada, "/desk/settings/people/") == ten


def test_further_pages_follow_and_an_edited_cursor_is_said(ada):
    for number in range(60):
        person(Role.SPECIALIST, f"Somebody {number:02}")
    first = ada.get("/desk/settings/people/")
    assert "Somebody 59" not in first.content.decode()
    cursor = first.context["page"].next_cursor
    assert "Somebody 59" in ada.get("/desk/settings/people/", {"cursor": cursor}).content.decode()
    assert "not one of ours" in ada.get("/desk/settings/people/", {"cursor": cursor + "x"}).content.decode()


def test_people_are_found_by_the_beginning_of_the_name(ada, maria):
    assert "Maria Petersen" in ada.get("/desk/settings/people/?q=mar").content.decode()
    assert "Maria Petersen" not in ada.get("/desk/settings/people/?q=peter").content.decode()


def test_somebody_new_signs_in_without_a_password_of_ours(ada):
    wanted = {"name": "Theo Osei", "email": "theo@desk.example", "roles": ["consultant"]}
    response = ada.post("/desk/settings/people/new/", wanted, follow=True)
    assert "Theo Osei" in response.content.decode()
    theo = User.objects.get(email="theo@desk.example")
    assert theo.roles == {"consultant"}
    assert not theo.has_usable_password()


def test_an_address_that_is_taken_is_said_and_nobody_added(ada, maria):
    wanted = {"name": "Another", "email": maria.email.upper(), "roles": ["specialist"]}
    response = ada.post("/desk/settings/people/new/", wanted)
    assert response.status_code == 422
    assert "already signs in" in response.content.decode()


def test_roles_are_given_and_withdrawn(ada, maria):
    ada.post(part(maria, "roles"), {"roles": ["consultant", "lead"]})
    assert User.objects.get(pk=maria.pk).roles == {"consultant", "lead"}


def test_nobody_of_the_staff_is_left_without_a_role(ada, maria):
    response = ada.post(part(maria, "roles"), {"roles": []})
    assert response.status_code == 422
    assert User.objects.get(pk=maria.pk).roles == {"specialist"}


def test_the_last_administrator_stays_one():
    ada = person(Role.ADMINISTRATOR)
    response = signed_in(ada).post(part(ada, "roles"), {"roles": ["lead"]})
    assert response.status_code == 422
    assert "last administrator" in response.content.decode()
    assert User.objects.get(pk=ada.pk).roles == {"administrator"}


def test_work_skills_teams_and_days_off_are_set(ada, maria):
    team = form_team("Second level", level=2, by=BY_TEST)
    works = add_product("Works", by=BY_TEST)
    ada.post(part(maria, "work"), {"title": "Specialist", "level": "2", "capacity": "12"})
    ada.post(part(maria, "skills"), {"products": [works.pk], "languages": "English, Spanish"})
    ada.post(part(maria, "teams"), {"teams": [team.pk]})
    ada.post(part(maria, "time-off"), {"starts_on": "2026-12-24", "ends_on": "2026-12-31", "kind": "holiday"})
    profile = StaffProfile.objects.get(user=maria)
    assert (profile.title, profile.level, profile.capacity) == ("Specialist", 2, 12)
    assert set(Skill.objects.values_list("value", flat=True)) == {"Works", "English", "Spanish"}
    assert team.memberships.get().user == maria
    assert TimeOff.objects.get().user == maria


def test_days_off_that_end_before_they_start_are_refused_with_the_page_around(ada, maria):
    wrong = {"starts_on": "2026-12-31", "ends_on": "2026-12-24", "kind": "holiday"}
    response = ada.post(part(maria, "time-off"), wrong)
    assert response.status_code == 422
    page = response.content.decode()
    assert "before the first" in page
    assert 'value="2026-12-31"' in page
    assert not TimeOff.objects.exists()


def test_sign_in_is_closed_and_opened_again(ada, maria):
    address = f"/desk/settings/people/{maria.pk}/sign-in/"
    ada.post(address)
    assert not User.objects.get(pk=maria.pk).is_active
    assert "Maria Petersen" in ada.get("/desk/settings/people/?state=closed").content.decode()
    ada.post(address, {"open": "yes"})
    assert User.objects.get(pk=maria.pk).is_active


def test_erasing_asks_for_the_address(ada, maria):
    response = ada.post(part(maria, "erasure"), {"confirmation": "yes"})
    assert response.status_code == 422
    assert User.objects.get(pk=maria.pk).name == "Maria Petersen"
    assert ada.post(part(maria, "erasure"), {"confirmation": maria.email}).status_code == 302
    assert User.objects.get(pk=maria.pk).name == ""


def test_a_customer_is_no_person_of_the_staff(ada):
    customer = person(Role.CUSTOMER_USER)
    assert ada.get(f"/desk/settings/people/{customer.pk}/").status_code == 404


def test_an_unknown_part_is_not_found(ada, maria):
    assert ada.post(part(maria, "salary"), {}).status_code == 404


def test_a_team_is_formed_joined_left_and_closed(ada, maria):
    ada.post("/desk/settings/teams/new/", {"name": "Second level", "level": "2"})
    team = Team.objects.get()
    ada.post(f"/desk/settings/teams/{team.pk}/members/", {"user": maria.pk})
    assert team.memberships.get().user == maria
    ada.post(f"/desk/settings/teams/{team.pk}/members/{maria.pk}/leaving/")
    assert not team.memberships.exists()
    ada.post(f"/desk/settings/teams/{team.pk}/dissolution/")
    assert not Team.objects.get().is_active


def test_a_team_of_a_name_that_is_taken_is_refused_beside_the_field(ada):
    form_team("First level", level=1, by=BY_TEST)
    response = ada.post("/desk/settings/teams/new/", {"name": "first  LEVEL", "level": "1"})
    assert response.status_code == 422
    assert "of this name already" in response.content.decode()


def test_a_person_takes_own_days_off_and_gives_back_only_own(maria):
    client = signed_in(maria)
    client.post("/desk/me/days-off/", {"starts_on": "2026-12-24", "ends_on": "2026-12-24", "kind": "holiday"})
    mine = TimeOff.objects.get()
    other = signed_in(person(Role.SPECIALIST, "Somebody else"))
    assert other.post(f"/desk/me/days-off/{mine.pk}/withdrawal/").status_code == 404
    client.post(f"/desk/me/days-off/{mine.pk}/withdrawal/")
    assert not TimeOff.objects.exists()
