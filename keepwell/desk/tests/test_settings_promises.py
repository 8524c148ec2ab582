from __future__ import annotations

from decimal import Decimal

import pytest

from keepwell.calendars.verbs.publishing import create_calendar
from keepwell.customers.verbs.opening import open_account
from keepwell.desk.tests.people import BY_TEST, person, signed_in
from keepwell.people.models import Role
from keepwell.service_levels.models import Policy, PolicyAssignment
from keepwell.service_levels.reference import REFERENCE_COMMITMENTS, REFERENCE_HOURS
from keepwell.service_levels.verbs.policies import PolicyTerms, create_policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return signed_in(person(Role.ADMINISTRATOR))


@pytest.fixture
def hours():
    return create_calendar("Support hours", REFERENCE_HOURS, by=BY_TEST, is_default=True)


@pytest.fixture
def guidelines(hours) -> Policy:
    terms = PolicyTerms(calendar=hours, commitments=REFERENCE_COMMITMENTS)
    return create_policy("Support guidelines", terms, by=BY_TEST, is_default=True)


def filled(hours, *, act: str = "publish", **more: str) -> dict[str, str]:
    """What the editor posts: the reference promises, and what is said otherwise."""
    promises = {}
    for one in REFERENCE_COMMITMENTS:
        place = f"{one.metric}-{one.severity}"
        promises |= {f"{place}-amount": str(one.amount), f"{place}-unit": one.unit}
        promises[f"{place}-objective"] = str(one.objective)
    about = {"calendar": str(hours.pk), "warns_at": "75", "reopen_days": "14", "act": act}
    return {**promises, **about, **more}


def test_the_table_reads_as_it_is_published(ada, guidelines):
    page = ada.get(f"/desk/settings/guidelines/{guidelines.pk}/").content.decode()
    for words in (
        "direct voice connect, or response within 6 hours",
        "direct voice connect, or response by the next business day",
        "85% of cases within 24 hours",
        "within 48 hours",
        "70% of all issues solved within 1 business day",
        "system down or another dire situation",
    ):
        assert words in page


def test_an_edit_is_shown_in_words_before_it_holds(ada, guidelines, hours):
    address = f"/desk/settings/guidelines/{guidelines.pk}/versions/new/"
    shown = ada.post(address, filled(hours, act="preview", **{"initial_contact-high-amount": "4"}))
    assert "response within 4 hours" in shown.content.decode()
    assert guidelines.versions.count() == 1


def test_publishing_makes_the_next_version(ada, guidelines, hours):
    address = f"/desk/settings/guidelines/{guidelines.pk}/versions/new/"
    changed = filled(
        hours, reason="Faster", **{"initial_contact-high-amount": "4", "follow_up-low-amount": ""}
    )
    assert ada.post(address, changed).status_code == 302
    version = guidelines.versions.latest("number")
    promised = {(one.metric, one.severity): one.amount for one in version.commitments.all()}
    assert version.number == 2
    assert promised["initial_contact", "high"] == Decimal(4)
    assert ("follow_up", "low") not in promised
    page = ada.get(f"/desk/settings/guidelines/{guidelines.pk}/").content.decode()
    assert "Faster" in page
    assert "Version 1" in page


@pytest.fixture
def a_month_to_reopen(hours) -> Policy:
    terms = PolicyTerms(calendar=hours, commitments=REFERENCE_COMMITMENTS, reopen_days=30)
    return create_policy("Support guidelines", terms, by=BY_TEST, is_default=True)


def test_how_long_a_case_can_be_reopened_is_read_and_edited(ada, a_month_to_reopen, hours):
    base = f"/desk/settings/guidelines/{a_month_to_reopen.pk}/"
    assert "A case that ended can be reopened for 30 days." in ada.get(base).content.decode()
    assert 'name="reopen_days" value="30"' in ada.get(f"{base}versions/new/").content.decode()
    ada.post(f"{base}versions/new/", filled(hours, reopen_days="45"))
    assert a_month_to_reopen.versions.latest("number").reopen_days == 45
    assert "A case that ended can be reopened for 45 days." in ada.get(base).content.decode()


def test_another_window_is_shown_beside_the_one_so_far_before_it_holds(ada, a_month_to_reopen, hours):
    address = f"/desk/settings/guidelines/{a_month_to_reopen.pk}/versions/new/"
    page = ada.post(address, filled(hours, act="preview", reopen_days="1")).content.decode()
    assert "A case that ended can be reopened for 1 day. Until now it was 30 days." in page
    same = ada.post(address, filled(hours, act="preview", reopen_days="30")).content.decode()
    assert "Until now" not in same
    assert a_month_to_reopen.versions.count() == 1


@pytest.mark.parametrize("days", ["0", "367", "", "1.5", "-3"])
def test_a_window_that_is_none_is_refused_at_its_field(ada, guidelines, hours, days):
    address = f"/desk/settings/guidelines/{guidelines.pk}/versions/new/"
    response = ada.post(address, filled(hours, reopen_days=days))
    assert response.status_code == 422
    assert 'id="id_reopen_days_error"' in response.content.decode()
    assert guidelines.versions.count() == 1


def test_a_promise_that_cannot_be_counted_is_refused_in_words(ada, guidelines, hours):
    address = f"/desk/settings/guidelines/{guidelines.pk}/versions/new/"
    response = ada.post(address, filled(hours, **{"initial_contact-normal-amount": "1.5"}))
    assert response.status_code == 422
    assert guidelines.versions.count() == 1


def test_nothing_promised_at_all_is_refused_in_words(ada, guidelines, hours):
    nothing = {name: "" for name in filled(hours) if name.endswith("-amount")}
    response = ada.post(f"/desk/settings/guidelines/{guidelines.pk}/versions/new/", filled(hours, **nothing))
    assert response.status_code == 422
    assert "at least one thing" in response.content.decode()


def test_the_first_guidelines_begin_with_the_reference_and_hold_for_all(ada, hours):
    page = ada.get("/desk/settings/guidelines/new/").content.decode()
    assert 'value="85"' in page
    response = ada.post("/desk/settings/guidelines/new/", filled(hours, name="Ours"))
    assert response.status_code == 302
    assert Policy.objects.get().is_default


def test_guidelines_hold_for_an_account_and_end_again(ada, guidelines):
    account = open_account("Port Avery", by=BY_TEST)
    base = f"/desk/settings/guidelines/{guidelines.pk}/accounts/"
    ada.post(base, {"account": account.pk})
    assert PolicyAssignment.objects.get(ends_at=None).account == account
    ada.post(f"{base}{account.pk}/withdrawal/")
    assert not PolicyAssignment.objects.filter(ends_at=None).exists()


def test_a_lead_may_not_change_what_is_promised(guidelines, hours):
    client = signed_in(person(Role.LEAD))
    address = f"/desk/settings/guidelines/{guidelines.pk}/versions/new/"
    assert client.post(address, filled(hours)).status_code == 403
    assert guidelines.versions.count() == 1
