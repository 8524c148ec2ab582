"""Versions of a product under Settings, and their last days."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from keepwell.customers.models import Product, ProductVersion
from keepwell.customers.verbs.products import add_product
from keepwell.desk.tests.people import BY_TEST, person, signed_in
from keepwell.people.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(clock_at):
    clock_at(datetime(2026, 6, 9, 14, tzinfo=UTC))
    return signed_in(person(Role.ADMINISTRATOR, "Ada Okafor"))


@pytest.fixture
def works(ada) -> Product:
    return add_product("Works", by=BY_TEST)


def test_a_version_is_entered_changed_and_taken_out(ada, works):
    home = f"/desk/settings/products/{works.pk}/"
    ada.post(f"{home}versions/new/", {"number": "7.3", "support_ends_on": "2026-06-30"})
    version = ProductVersion.objects.get()
    assert "Supported until 30 Jun 2026, 21 days from now" in ada.get(home).content.decode()
    page = f"{home}versions/{version.pk}/"
    ada.post(page, {"number": "7.3", "support_ends_on": "2026-05-31", "life_ends_on": "2026-12-31"})
    version.refresh_from_db()
    assert version.life_ends_on == date(2026, 12, 31)
    assert "Support ended on 31 May 2026" in ada.get(home).content.decode()
    ada.post(f"{page}removal/")
    assert not ProductVersion.objects.exists()


def test_days_out_of_their_order_are_said_above_what_was_filled_in(ada, works):
    wrong = {"number": "7.3", "released_on": "2026-06-30", "life_ends_on": "2026-01-01"}
    answer = ada.post(f"/desk/settings/products/{works.pk}/versions/new/", wrong)
    assert answer.status_code == 422
    assert "released first" in answer.content.decode()


def test_a_file_of_versions_is_tried_before_it_is_kept(ada, works):
    content = b"product,version,support ends on\nWorks,7.3,2026-06-30\nWorks,v7.3,2026-07-31\n"
    sent = {"kind": "versions", "act": "try", "file": SimpleUploadedFile("versions.csv", content)}
    told = ada.post("/desk/settings/import/", sent).content.decode()
    assert "The same stands in line 2 already." in told
    assert not ProductVersion.objects.exists()
