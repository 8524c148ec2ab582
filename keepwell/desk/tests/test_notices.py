"""The bell, the page of notices, and what one chooses to be told."""

from __future__ import annotations

import pytest

from keepwell.cases.models import Case
from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.desk.tests.people import queries_of, signed_in
from keepwell.notices.happenings import BELL, BOTH, Happening
from keepwell.notices.models import Notice, Wishes
from keepwell.notices.tests.elm_falls import NINE, open_for, write_again
from tests import cast

pytestmark = pytest.mark.django_db

PAGE = "/desk/notices/"


@pytest.fixture(autouse=True)
def nine_in_the_morning(clock_at):
    clock_at(NINE)


@pytest.fixture
def dana(db):
    cast.the_guidelines()
    return cast.dana_at_elm_falls()


@pytest.fixture
def maria(db):
    return cast.maria_the_specialist()


def give(dana, maria, count: int) -> list[Case]:
    cases = [open_for(dana, subject=f"Printer {number}") for number in range(count)]
    for case in cases:
        assign(case, Assignment(to=maria), by=cast.lea_the_lead())
    return cases


def test_the_bell_counts_what_was_not_read(dana, maria):
    browser = signed_in(maria)
    assert "Notices, all read" in browser.get("/desk/notices/bell/").content.decode()
    give(dana, maria, 3)
    assert "Notices, 3 not read" in browser.get("/desk/today/").content.decode()


def test_a_notice_says_what_happened_and_leads_to_the_case(dana, maria):
    [case] = give(dana, maria, 1)
    page = signed_in(maria).get(PAGE).content.decode()
    assert "Yours to work on" in page
    assert "Printer 0" in page
    assert f'href="/desk/cases/{case.number}/"' in page


def test_ten_and_twenty_notices_cost_the_same_queries(dana, maria):
    browser = signed_in(maria)
    give(dana, maria, 10)
    ten = queries_of(browser, PAGE)
    give(dana, maria, 10)
    assert queries_of(browser, PAGE) == ten


def test_a_notice_is_read_by_itself_or_with_all_that_the_page_showed(dana, maria):
    browser = signed_in(maria)
    give(dana, maria, 3)
    first, second, third = Notice.objects.order_by("pk")
    browser.post(f"{PAGE}{first.pk}/reading/")
    assert list(Notice.objects.unread().order_by("pk")) == [second, third]
    browser.post(f"{PAGE}reading/", {"through": second.pk})
    assert list(Notice.objects.unread()) == [third]
    assert [line["notice"] for line in browser.get(f"{PAGE}?unread=1").context["lines"]] == [third]


def test_who_looks_at_the_case_has_read_what_he_was_told_of_it(dana, maria):
    browser = signed_in(maria)
    case, _other = give(dana, maria, 2)
    browser.post(f"/desk/cases/{case.number}/presence/", {"doing": "reading"})
    assert Notice.objects.unread().count() == 1
    write_again(Case.objects.get(pk=case.pk), dana)
    assert Notice.objects.unread().count() == 2


def test_nobody_reads_the_notices_of_another(dana, maria):
    give(dana, maria, 1)
    lea = signed_in(cast.lea_the_lead())
    assert lea.get(PAGE).context["lines"] == []
    assert lea.post(f"{PAGE}{Notice.objects.get().pk}/reading/").status_code == 404
    lea.post(f"{PAGE}reading/", {"through": Notice.objects.get().pk})
    assert Notice.objects.unread().count() == 1


def test_one_chooses_of_what_by_which_way_and_when(maria):
    browser = signed_in(maria)
    form = browser.get("/desk/me/notices/").context["form"]
    filled = {name: "on" for name in form.fields if form[name].value() is True}
    hours = {"daily_at": "09:15", "quiet_from": "18:00", "quiet_until": "06:30", "digest": "daily"}
    del filled["assigned-mail"]
    answer = browser.post("/desk/me/notices/", {**filled, "answered-mail": "on", **hours})
    assert answer.status_code == 302
    wishes = Wishes.objects.get(user=maria)
    assert wishes.ways[Happening.ASSIGNED] == BELL
    assert wishes.ways[Happening.ANSWERED] == BOTH
    assert (wishes.digest, str(wishes.quiet_until)) == ("daily", "06:30:00")


def test_quiet_hours_without_end_are_refused_in_words(maria):
    same = {"daily_at": "08:00", "quiet_from": "08:00", "quiet_until": "08:00", "digest": "none"}
    answer = signed_in(maria).post("/desk/me/notices/", same)
    assert answer.status_code == 422
    assert "The quiet hours end when they begin." in answer.content.decode()
