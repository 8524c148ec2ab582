from datetime import date

import pytest

from keepwell.customers.details import DeploymentDetails
from keepwell.customers.models import Product
from keepwell.customers.refusals import ProductRefused
from keepwell.customers.verbs.deploying import add_deployment, change_deployment, retire_deployment
from keepwell.customers.verbs.products import (
    add_module,
    add_product,
    rename_product,
    resume_product,
    retire_module,
    retire_product,
)
from keepwell.journal.models import Entry
from keepwell.people.permits import NotPermitted
from tests import cast

pytestmark = pytest.mark.django_db

CAST = cast.CAST


def test_a_product_name_is_there_once_in_any_spelling():
    product = add_product("Roadworks", by=CAST)
    for name in ("ROADWORKS", "", "x" * 121):
        with pytest.raises(ProductRefused):
            add_product(name, by=CAST)
    rename_product(product, "RoadWorks", by=CAST)
    assert Product.objects.get().name == "RoadWorks"


def test_a_retired_product_can_come_back():
    product = add_product("Roadworks", by=CAST)
    for verb in (retire_product, retire_product, resume_product):
        verb(product, by=CAST)
    kinds = [entry.kind for entry in Entry.objects.about("product", product.pk)]
    assert kinds == ["product.added", "product.retired", "product.resumed"]


def test_a_module_retired_and_added_again_is_the_same_one():
    product = add_product("Roadworks", by=CAST)
    module = add_module(product, "Snow", by=CAST)
    retire_module(module, by=CAST)
    again = add_module(product, "SNOW", by=CAST)
    assert (again.pk, again.is_active) == (module.pk, True)


def test_a_deployment_tells_what_runs_since_when():
    product = cast.roadworks()
    snow, signs = (add_module(product, name, by=CAST) for name in ("Snow", "Signs"))
    deployment = add_deployment(
        cast.elm_falls(), product, DeploymentDetails(version="4.1", modules=(snow,)), by=CAST
    )
    assert not deployment.is_live
    live = DeploymentDetails(version="4.2", live_on=date(2026, 5, 4), modules=(snow, signs))
    change_deployment(deployment, live, by=CAST)
    change_deployment(deployment, live, by=CAST)
    assert deployment.is_live
    changes = Entry.objects.filter(kind="deployment.changed")
    assert [entry.facts for entry in changes] == [
        {
            "fields": ["version", "live_on", "modules"],
            "live_on": "2026-05-04",
            "modules": [snow.pk, signs.pk],
        }
    ]
    retire_deployment(deployment, by=CAST)
    retire_deployment(deployment, by=CAST)
    assert not deployment.is_live
    assert Entry.objects.filter(kind="deployment.retired").count() == 1


def test_modules_of_another_product_do_not_run_in_this_one():
    snow = add_module(cast.roadworks(), "Snow", by=CAST)
    other = add_product("Waterworks", by=CAST)
    with pytest.raises(ProductRefused, match="Snow is no part of Waterworks"):
        add_deployment(cast.elm_falls(), other, DeploymentDetails(modules=(snow,)), by=CAST)
    assert not other.deployments.exists()


def test_a_specialist_sets_up_no_products():
    with pytest.raises(NotPermitted):
        add_product("Mine", by=cast.maria_the_specialist())
