"""Notices on a person's own devices, over a push service of ours that opens what it is given."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from http_ece import ECEException
from procrastinate.contrib.django.models import ProcrastinateJob

from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.journal.models import Entry
from keepwell.notices.happenings import Happening, Way
from keepwell.notices.jobs import push
from keepwell.notices.models import Dispatch, Notice, PushDevice
from keepwell.notices.pushing.keys import public_key
from keepwell.notices.pushing.push_hosts import is_push_service
from keepwell.notices.pushing.sending import DeviceGone, NotTaken, NotTakenNow, send
from keepwell.notices.reaching import wishes_of
from keepwell.notices.tests.elm_falls import NINE, open_for, wall, write_again
from keepwell.notices.verbs.devices import AT_MOST, DeviceRefused, Subscription, add_device, remove_device
from keepwell.notices.verbs.leaving import tell_what_is_due
from keepwell.notices.verbs.reading import read_notices_of
from keepwell.people.models import Role
from keepwell.people.verbs.erasing import erase_person
from keepwell.people.verbs.granting import withdraw
from tests import cast
from tests.push_service import Browser, PushService, serving

pytestmark = pytest.mark.django_db
TOLD = {"title": "A title", "body": "A body", "path": "/desk/", "tag": "one"}


@pytest.fixture
def service(settings) -> Iterator[PushService]:
    settings.KEEPWELL_PUSH_SERVICES = ["127.0.0.1"]
    with serving() as service:
        yield service


def added(browser: Browser, by, name: str = "Phone") -> PushDevice:
    told = {"endpoint": browser.endpoint, "p256dh": browser.p256dh, "auth": browser.auth}
    return add_device(Subscription(name=name, **told), by=by)


def work() -> None:
    """Every push that is to be sent is sent, once."""
    for job in ProcrastinateJob.objects.filter(task_name="notices.push", status="todo").order_by("pk"):
        push(**job.args)


def pass_on(at=NINE) -> int:
    told = tell_what_is_due(at=at)
    work()
    return told


def test_what_mail_tells_the_first_device_tells_too_and_at_once(service, marias, maria, lea, dana):
    phone = service.browser()
    added(phone, maria)
    case = open_for(dana, subject="The pump stands")
    assign(case, Assignment(to=maria), by=lea)
    assert pass_on() == 1
    [told] = service.told(phone)
    assert told["title"] == "Yours to work on"
    assert told["body"] == f"#{case.number} The pump stands"
    assert told["path"] == f"/desk/cases/{case.number}/"


def test_who_has_no_device_is_told_on_none(marias, maria, lea, dana):
    assign(open_for(dana), Assignment(to=maria), by=lea)
    assert not Dispatch.objects.filter(way=Way.PUSH.value).exists()


def test_every_device_is_told_and_several_notices_are_one(service, marias, maria, lea, dana):
    devices = [service.browser(), service.browser()]
    for device in devices:
        added(device, maria)
    for number in (1, 2):
        assign(open_for(dana, subject=f"Pump {number}"), Assignment(to=maria), by=lea)
    pass_on()
    for device in devices:
        [told] = service.told(device)
        assert (told["title"], told["path"]) == ("2 notices", "/desk/notices/")
        assert "Pump 1" in told["body"]
        assert "Pump 2" in told["body"]


def test_the_service_sees_who_we_are_and_cannot_read_a_word(service, maria):
    phone = service.browser()
    send(added(phone, maria), TOLD, is_urgent=True)
    assert service.is_signed_by(public_key())
    [(_path, headers, body)] = service.taken
    assert b"A title" not in body
    assert (headers["urgency"], headers["content-encoding"]) == ("high", "aes128gcm")
    with pytest.raises(ECEException):
        service.browser().opened(body)


def test_nobody_is_woken_in_the_quiet_hours_and_in_the_morning_it_comes(
    service, marias, maria, lea, dana, clock_at
):
    phone = service.browser()
    added(phone, maria)
    clock_at(wall("9 22:00"))
    assign(open_for(dana), Assignment(to=maria), by=lea)
    assert pass_on(wall("9 22:05")) == 0
    assert service.told(phone) == []
    pass_on(wall("10 07:00"))
    assert len(service.told(phone)) == 1


def test_what_was_read_meanwhile_is_not_told(service, marias, maria, lea, dana):
    phone = service.browser()
    added(phone, maria)
    case = open_for(dana)
    assign(case, Assignment(to=maria), by=lea)
    tell_what_is_due(at=NINE)
    read_notices_of(case, by=maria)
    work()
    assert service.told(phone) == []


def test_who_may_not_see_cases_any_more_is_told_nothing(service, marias, maria, lea, dana, ada):
    phone = service.browser()
    added(phone, maria)
    assign(open_for(dana), Assignment(to=maria), by=lea)
    tell_what_is_due(at=NINE)
    withdraw(maria, Role.SPECIALIST, by=ada)
    work()
    assert service.told(phone) == []


@pytest.fixture
def ada(db: None):
    return cast.ada_the_administrator()


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_the_browser_has_forgotten_is_forgotten(service, marias, maria, lea, dana, status):
    added(service.browser(), maria)
    service.status = status
    assign(open_for(dana), Assignment(to=maria), by=lea)
    pass_on()
    assert not PushDevice.objects.exists()


@pytest.mark.parametrize(
    ("status", "comes"),
    [
        (410, DeviceGone),
        (429, NotTakenNow),
        (500, NotTakenNow),
        (503, NotTakenNow),
        (301, NotTakenNow),
        (403, NotTaken),
        (413, NotTaken),
    ],
)
def test_what_a_service_answers_says_whether_to_try_again(service, maria, status, comes):
    device = added(service.browser(), maria)
    service.status = status
    with pytest.raises(comes):
        send(device, TOLD, is_urgent=False)
    assert len(service.taken) == 1, "and we do not follow where it leads"


def test_a_service_that_is_away_is_tried_again_and_the_device_stays(service, marias, maria, lea, dana):
    device = added(service.browser(), maria)
    PushDevice.objects.update(endpoint="http://127.0.0.1:9/to/1")
    assign(open_for(dana), Assignment(to=maria), by=lea)
    tell_what_is_due(at=NINE)
    [job] = ProcrastinateJob.objects.filter(task_name="notices.push")
    with pytest.raises(NotTakenNow):
        push(**job.args)
    assert push.retry_strategy.get_retry_decision(exception=NotTakenNow("later"), job=_first_try())
    assert PushDevice.objects.get(pk=device.pk).told_at is None


def _first_try():
    from procrastinate.jobs import Job  # noqa: PLC0415

    return Job(queue="default", lock=None, queueing_lock=None, task_name="notices.push", attempts=0)


@pytest.mark.parametrize(
    ("endpoint", "is_one"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/abc", True),
        ("https://wns2-by3p.notify.windows.com/w/?token=abc", True),
        ("https://web.push.apple.com/abc", True),
        ("http://fcm.googleapis.com/fcm/send/abc", False),
        ("https://fcm.googleapis.com:8443/abc", False),
        ("https://fcm.googleapis.com@169.254.169.254/", False),
        ("https://user:password@fcm.googleapis.com/", False),
        ("https://fcm.googleapis.com.example/", False),
        ("https://push.apple.com.example/", False),
        ("https://169.254.169.254/latest/meta-data/", False),
        ("https://localhost/", False),
        ("file:///etc/passwd", False),
        ("https://[::1", False),
        ("", False),
    ],
)
def test_only_push_services_are_spoken_to(endpoint, is_one):
    assert is_push_service(endpoint) is is_one


def test_a_host_of_our_net_cannot_be_added_and_not_be_asked_later(service, maria, settings):
    phone = service.browser()
    device = added(phone, maria)
    settings.KEEPWELL_PUSH_SERVICES = []
    with pytest.raises(DeviceRefused, match="a service that is not known here"):
        added(service.browser(), maria)
    with pytest.raises(NotTaken):
        send(device, TOLD, is_urgent=False)
    assert service.taken == []


@pytest.mark.parametrize(
    "broken", [{"p256dh": ""}, {"p256dh": "AAAA"}, {"auth": ""}, {"auth": "ü"}, {"p256dh": "B" * 88}]
)
def test_keys_that_seal_nothing_are_refused(service, maria, broken):
    browser = service.browser()
    whole = {"endpoint": browser.endpoint, "p256dh": browser.p256dh, "auth": browser.auth}
    with pytest.raises(DeviceRefused, match="Nothing was added"):
        add_device(Subscription(name="Phone", **{**whole, **broken}), by=maria)
    assert not PushDevice.objects.exists()


def test_the_same_browser_again_is_one_device_and_goes_to_who_signed_in_last(service, maria, lea):
    browser = service.browser()
    added(browser, maria)
    added(browser, maria, name="Phone again")
    [device] = PushDevice.objects.all()
    assert device.name == "Phone again"
    added(browser, lea)
    [device] = PushDevice.objects.all()
    assert device.user == lea


def test_there_is_an_end_to_how_many(service, maria):
    for _number in range(AT_MOST):
        added(service.browser(), maria)
    with pytest.raises(DeviceRefused, match="10 devices already"):
        added(service.browser(), maria)


def test_what_he_chose_stays_when_he_adds_another_device(service, maria):
    added(service.browser(), maria)
    wishes = wishes_of(type(maria).objects.get(pk=maria.pk))
    assert Way.PUSH in wishes.ways[Happening.ASSIGNED]
    assert Way.PUSH not in wishes.ways[Happening.NOTED]
    wishes.chosen["assigned.push"] = False
    wishes.save()
    added(service.browser(), maria)
    assert Way.PUSH not in wishes_of(type(maria).objects.get(pk=maria.pk)).ways[Happening.ASSIGNED]


def test_removed_and_erased_nothing_is_left_of_it(service, maria, ada):
    remove_device(added(service.browser(), maria), by=maria)
    added(service.browser(), maria)
    erase_person(maria, by=ada)
    assert not PushDevice.objects.exists()
    kinds = list(Entry.objects.filter(kind__startswith="push_device").values_list("kind", flat=True))
    assert sorted(kinds) == ["push_device.added", "push_device.added", "push_device.removed"]


def test_a_reply_of_the_customer_is_not_pushed_unless_chosen(service, marias, maria, dana):
    phone = service.browser()
    added(phone, maria)
    write_again(marias, dana)
    pass_on(NINE + timedelta(hours=1))
    assert service.told(phone) == []
    assert Notice.objects.filter(user=maria, happening="answered").exists()
