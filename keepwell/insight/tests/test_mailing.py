"""The report of promises by mail: each is told once, to whoever may still see it."""

from __future__ import annotations

import email
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from email import policy

import pytest
from django.db import connections
from procrastinate.contrib.django.models import ProcrastinateJob

from keepwell.insight.jobs import look_for_reports
from keepwell.insight.models import Mailing, Subscription
from keepwell.insight.verbs.mailing import mail_what_is_due
from keepwell.insight.verbs.subscribing import subscribe, unsubscribe
from keepwell.journal.models import Entry
from keepwell.outbox.models import Outgoing
from keepwell.people.models import User
from keepwell.people.permits import NotPermitted
from keepwell.people.verbs.deactivating import deactivate
from keepwell.service_levels.measuring import EVERYTHING, Narrowing
from tests import cast

pytestmark = pytest.mark.django_db


def at(written: str) -> datetime:
    return datetime.fromisoformat(f"2026-{written}:00-05:00")


WEDNESDAY, MONDAY = at("06-03T12:00"), at("06-08T07:00")


@pytest.fixture
def lea():
    cast.resolution_of_high()
    return cast.lea_the_lead()


@pytest.fixture
def weekly(lea):
    return subscribe("weekly", EVERYTHING, by=lea, at=WEDNESDAY)


def kinds() -> list[str]:
    return list(
        Entry.objects.filter(kind__startswith="report.").order_by("pk").values_list("kind", flat=True)
    )


def read(mail: Outgoing):
    return email.message_from_bytes(bytes(mail.raw), policy=policy.default)


def test_a_report_comes_when_it_is_due_and_once(weekly):
    assert mail_what_is_due(weekly.pk, at=at("06-08T06:59")) == 0
    assert mail_what_is_due(weekly.pk, at=MONDAY) == 1
    assert mail_what_is_due(weekly.pk, at=MONDAY) == 0
    assert Mailing.objects.get().told_at == MONDAY
    assert kinds() == ["report.subscribed", "report.mailed"]


def test_the_mail_says_the_figures_leads_to_the_page_and_brings_the_paper(weekly):
    mail_what_is_due(weekly.pk, at=MONDAY)
    message = read(Outgoing.objects.get())
    words = message.get_body(("plain",)).get_content()
    assert message["Subject"] == "Promises, June 2026"
    assert "Resolution, High" in words
    assert "85% of cases within 24 hours; 1 Jun 2026 – 30 Jun 2026" in words
    assert "Mon 8 June 2026, 07:00 CDT" in words
    assert "/desk/insight/?on=2026-06-08" in words
    assert message["List-Unsubscribe"].endswith(f"/desk/insight/by-mail/{weekly.pk}/ending/>")
    [paper] = message.iter_attachments()
    assert paper.get_filename() == "promises-2026-06.pdf"
    assert paper.get_content().startswith(b"%PDF-")


def test_a_narrowed_one_says_of_what(lea):
    product = cast.roadworks()
    narrow = subscribe("monthly", Narrowing(product=product.pk, level=1), by=lea, at=WEDNESDAY)
    mail_what_is_due(narrow.pk, at=at("07-01T09:00"))
    words = read(Outgoing.objects.get()).get_body(("plain",)).get_content()
    assert "Product: Roadworks; Level: " in words
    assert "June 2026" in words
    assert f"?product={product.pk}&level=1&on=2026-06-30" in words


def test_after_an_outage_each_month_is_told(lea):
    monthly = subscribe("monthly", EVERYTHING, by=lea, at=WEDNESDAY)
    assert mail_what_is_due(monthly.pk, at=at("09-05T12:00")) == 3
    subjects = list(Outgoing.objects.order_by("pk").values_list("subject", flat=True))
    assert subjects == ["Promises, June 2026", "Promises, July 2026", "Promises, August 2026"]


def test_where_nothing_is_watched_the_mail_says_so():
    cast.the_guidelines()
    own = subscribe("weekly", EVERYTHING, by=cast.lea_the_lead(), at=WEDNESDAY)
    mail_what_is_due(own.pk, at=MONDAY)
    message = read(Outgoing.objects.get())
    assert "No promise is watched" in message.get_body(("plain",)).get_content()
    assert list(message.iter_attachments()) == []


def test_the_same_again_is_no_second_one(weekly, lea):
    assert subscribe("weekly", EVERYTHING, by=lea) == weekly
    assert subscribe("weekly", Narrowing(segment="town"), by=lea) != weekly
    assert kinds() == ["report.subscribed", "report.subscribed"]


def test_what_was_ended_comes_no_more_and_may_begin_again(weekly, lea):
    unsubscribe(weekly, by=lea)
    unsubscribe(weekly, by=lea)
    assert mail_what_is_due(weekly.pk, at=MONDAY) == 0
    again = subscribe("weekly", EVERYTHING, by=lea, at=at("06-20T12:00"))
    assert again != weekly
    assert kinds() == ["report.subscribed", "report.unsubscribed", "report.subscribed"]


def test_nobody_ends_anothers(weekly):
    with pytest.raises(NotPermitted):
        unsubscribe(weekly, by=cast.maria_the_specialist())
    with pytest.raises(NotPermitted):
        subscribe("weekly", EVERYTHING, by=cast.dana_at_elm_falls())


def test_whoever_may_not_look_any_more_is_told_nothing_and_it_ends(weekly, lea):
    deactivate(lea, by=cast.ada_the_administrator())
    assert mail_what_is_due(weekly.pk, at=MONDAY) == 0
    assert Subscription.objects.get().ended_at == MONDAY
    assert not Outgoing.objects.filter(subject__startswith="Promises").exists()


def test_an_address_that_takes_no_mail_is_not_tried_again(weekly):
    User.objects.filter(pk=weekly.user_id).update(email="no address")
    assert mail_what_is_due(weekly.pk, at=MONDAY) == 1
    assert mail_what_is_due(weekly.pk, at=MONDAY) == 0
    assert Mailing.objects.get().told_at is None
    assert kinds() == ["report.subscribed"]


def test_the_job_looks_for_what_is_due_and_for_nothing_else(weekly, clock_at):
    waiting = ProcrastinateJob.objects.filter(task_name="insight.mail_report")
    clock_at(at("06-08T06:50"))
    look_for_reports(0)
    assert not waiting.exists()
    clock_at(MONDAY)
    look_for_reports(0)
    assert [job.args for job in waiting] == [{"subscription": weekly.pk}]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_mail_it_once(weekly):
    def work(_number: int) -> int:
        try:
            return mail_what_is_due(weekly.pk, at=MONDAY)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(work, range(2))) == [0, 1]
    assert (Mailing.objects.count(), Outgoing.objects.count()) == (1, 1)
