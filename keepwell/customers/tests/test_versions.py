from datetime import date

import pytest
from django.db import IntegrityError, transaction

from keepwell.customers.lifetimes import Lifetime
from keepwell.customers.models import ProductVersion
from keepwell.customers.queries import versions_of
from keepwell.customers.refusals import ProductRefused
from keepwell.customers.verbs.versions import add_version, change_version, remove_version
from keepwell.journal.models import Entry
from keepwell.people.permits import NotPermitted
from tests import cast

pytestmark = pytest.mark.django_db

CAST = cast.CAST
SPRING, SUMMER, WINTER = date(2026, 3, 1), date(2026, 6, 30), date(2026, 12, 31)


def test_a_version_is_there_once_in_any_spelling():
    product = cast.roadworks()
    version = add_version(product, "7.3", Lifetime(support_ends_on=SUMMER), by=CAST)
    for number in ("7.3", "v7.03", "", "--", "x" * 61):
        with pytest.raises(ProductRefused):
            add_version(product, number, Lifetime(), by=CAST)
    assert versions_of([product.pk]) == {product.pk: {"7.3": version}}


def test_days_out_of_their_order_are_refused_by_the_database_too():
    product = cast.roadworks()
    backwards = Lifetime(released_on=SUMMER, support_ends_on=SPRING)
    with pytest.raises(ProductRefused, match="released first"):
        add_version(product, "7.3", backwards, by=CAST)
    for days in (
        {"released_on": SUMMER, "support_ends_on": SPRING},
        {"released_on": SUMMER, "life_ends_on": SPRING},
        {"support_ends_on": WINTER, "life_ends_on": SUMMER},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProductVersion.objects.create(product=product, number="7.3", **days)


def test_what_was_said_of_a_version_is_in_the_journal():
    product = cast.roadworks()
    version = add_version(product, "7.3", Lifetime(support_ends_on=SUMMER), by=CAST)
    longer = Lifetime(support_ends_on=SUMMER, life_ends_on=WINTER)
    change_version(version, "7.3", longer, by=CAST)
    change_version(version, "7.3", longer, by=CAST)
    remove_version(version, by=CAST)
    remove_version(version, by=CAST)
    told = [entry.kind for entry in Entry.objects.about("product", product.pk)]
    assert told[-3:] == ["product.version_added", "product.version_changed", "product.version_removed"]
    assert Entry.objects.get(kind="product.version_changed").facts["life_ends_on"] == "2026-12-31"


def test_a_specialist_says_nothing_of_versions():
    with pytest.raises(NotPermitted):
        add_version(cast.roadworks(), "7.3", Lifetime(), by=cast.maria_the_specialist())
