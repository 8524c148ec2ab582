"""The desk's pages about usage: sources, files, an account's tab."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from keepwell.customers.details import DeploymentDetails
from keepwell.customers.verbs.deploying import add_deployment
from keepwell.customers.verbs.products import add_module
from keepwell.desk.tests.people import BY_TEST, person, queries_of, signed_in
from keepwell.people.models import Role
from keepwell.usage.models import Conflict, MetricDay, PersonKey, Source
from keepwell.usage.tests.told import NOW
from keepwell.usage.verbs.sources import NewSource, add_source, source_of_key
from keepwell.usage.verbs.watching import fall_silent
from keepwell.usage.wording import SHOWN
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return signed_in(person(Role.ADMINISTRATOR))


@pytest.fixture
def source() -> Source:
    return add_source(NewSource(name="App", kind="segment", product=cast.roadworks()), by=BY_TEST)[0]


def test_a_new_source_shows_its_key_this_once(admin):
    sent = {"name": "App", "kind": "segment", "product": cast.roadworks().pk, "silent_after_hours": "48"}
    page = admin.post(reverse("desk:new_usage_source"), sent)
    source = Source.objects.get()
    key = page.context["key"]
    assert key in page.content.decode()
    assert source_of_key(key) == source
    assert key not in admin.get(reverse("desk:usage_source", args=[source.pk])).content.decode()
    again = admin.post(reverse("desk:usage_source_key", args=[source.pk]))
    assert again.context["key"] != key


def test_what_cannot_be_is_said_above_the_form(admin, source):
    sent = {"name": "app", "kind": "segment", "product": cast.roadworks().pk, "silent_after_hours": "48"}
    page = admin.post(reverse("desk:new_usage_source"), sent)
    assert page.status_code == 422
    assert "already" in page.content.decode()


def test_a_source_is_stopped_renamed_and_taken_from_again(admin, source):
    address = reverse("desk:usage_source_use", args=[source.pk])
    admin.post(address)
    source.refresh_from_db()
    assert source.stopped_at
    admin.post(address, {"is_used": "yes"})
    admin.post(reverse("desk:usage_source", args=[source.pk]), {"name": "Field", "silent_after_hours": "24"})
    source.refresh_from_db()
    assert (source.name, source.silent_after_hours, source.stopped_at) == ("Field", 24, None)


def test_a_file_is_tried_and_then_brought_in(admin):
    files = add_source(NewSource(name="Files", kind="csv", product=cast.roadworks()), by=BY_TEST)[0]
    address = reverse("desk:usage_source_file", args=[files.pk])

    def send(lines: bytes, act: str):
        return admin.post(
            address, {"file": SimpleUploadedFile("e.csv", b"event,timestamp\n" + lines), "act": act}
        )

    assert "Line 2" in send(b"Closed,never\n", "try").content.decode()
    assert send(b"Closed,never\n", "apply").status_code == 422
    assert "trial" in send(b"Closed,2026-06-01\n", "try").content.decode()
    assert "All of it is kept" in send(b"Closed,2026-06-01\n", "apply").content.decode()


def test_a_person_is_forgotten(admin, source):
    PersonKey.objects.create(source=source, user_id="u-1")
    admin.post(reverse("desk:usage_forget"), {"user_id": "u-1"})
    assert not PersonKey.objects.exists()


def test_what_a_module_is_known_by_is_entered_line_by_line(admin):
    module = add_module(cast.roadworks(), "Snow", by=BY_TEST)
    address = reverse("desk:module", args=[module.product_id, module.pk])
    assert admin.post(address, {"core_events": "b\na\n\na", "half_life_days": "7"}).status_code == 302
    module.refresh_from_db()
    assert (module.core_events, module.half_life_days) == (["a", "b"], 7)
    assert admin.post(address, {"core_events": "a", "half_life_days": "0"}).status_code == 422


def test_pages_of_sources_cost_the_same_for_ten_and_twenty(admin):
    def sources(count: int) -> None:
        for number in range(Source.objects.count(), count):
            add_source(NewSource(name=f"S{number}", kind="segment", product=cast.roadworks()), by=BY_TEST)

    costs = []
    for count in (10, 20):
        sources(count)
        one = Source.objects.first()
        for number in range(Conflict.objects.count(), count):
            Conflict.objects.create(
                source=one, message_id=str(number), dropped_hash=1, kept_on=NOW.date(), noticed_at=NOW
            )
        addresses = (reverse("desk:usage_sources"), reverse("desk:usage_source", args=[one.pk]))
        costs.append([queries_of(admin, address) for address in addresses])
    assert costs[0] == costs[1]


def measured(account, days: int, state: str = "known") -> None:
    rows = [
        MetricDay(
            account=account,
            metric=metric,
            day=NOW.date() - timedelta(days=step),
            state=state,
            numerator=step + 1,
            denominator=2 if metric == "trend" else 1,
            basis="trailing" if metric == "trend" else "",
        )
        for step in range(days)
        for metric in SHOWN
    ]
    MetricDay.objects.bulk_create(rows)


def test_an_account_shows_its_metrics_from_rows_in_the_same_number_of_queries():
    client, account = signed_in(person(Role.SUCCESS_MANAGER)), cast.elm_falls()
    address = reverse("desk:account_usage", args=[account.pk])
    assert "No source tells" in client.get(address).content.decode()
    costs = []
    for days in (10, 20):
        MetricDay.objects.all().delete()
        measured(account, days)
        for number in range(account.deployments.count(), days):
            details = DeploymentDetails(external_key=f"k{number}")
            add_deployment(account, cast.roadworks(), details, by=BY_TEST)
        costs.append(queries_of(client, address))
    assert costs[0] == costs[1]
    page = client.get(address).content.decode()
    assert "13 weeks" in page
    assert 'id="chart-active"' in page
    assert all(str(said.words) in page for said in SHOWN.values())


def test_a_broken_feed_is_told_from_an_unhappy_customer(source):
    client, account = signed_in(person(Role.SUCCESS_MANAGER)), cast.elm_falls()
    add_deployment(account, cast.roadworks(), DeploymentDetails(external_key="elm"), by=BY_TEST)
    measured(account, 3, "stale")
    fall_silent(source)
    page = client.get(reverse("desk:account_usage", args=[account.pk])).content.decode()
    assert "say nothing against the customer" in page
    assert "Source silent" in page
