from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from keepwell.journal.models import Entry
from keepwell.outbox.colours import contrast_with_white
from keepwell.outbox.models import Brand
from keepwell.outbox.queries import brand, brands, sender_addresses, visible_entries
from keepwell.outbox.verbs.branding import add_brand, change_brand
from keepwell.people.actors import System
from keepwell.people.permits import NotPermitted

pytestmark = pytest.mark.django_db
TEST = System("test")


def test_before_anybody_named_it_there_is_a_plain_brand(settings: Any):
    settings.KEEPWELL_URL = "https://help.publica.example"
    assert brand().sender_address == "support@help.publica.example"
    assert not Brand.objects.exists()


def test_a_change_keeps_what_was_not_given_and_says_which_fields_changed():
    change_brand(by=TEST, name="Publica", sender_address="help@publica.example")
    change_brand(by=TEST, name="Publica Works")
    change_brand(by=TEST, name="Publica Works")
    assert (brand().name, brand().sender_address) == ("Publica Works", "help@publica.example")
    facts = [entry.facts for entry in Entry.objects.filter(kind="brand.changed").order_by("pk")]
    assert facts == [{"fields": ["name", "sender_address"]}, {"fields": ["name"]}]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("accent", "blue"),
        ("accent", "#FFF"),
        ("accent", "#ffff00"),
        ("sender_address", "nobody"),
        ("name", ""),
        ("signature", "Yours, {answer}"),
        ("answer_frame", "Dear {contakt},\n{answer}"),
        ("answer_frame", "Dear customer,"),
        ("answer_frame", "{answer}\n{answer}"),
        ("acknowledgement", "Dear {contact}, we have your mail."),
        ("acknowledgement", "We have {subject}."),
    ],
)
def test_what_cannot_be_used_is_refused_in_words_and_changes_nothing(field: str, value: str):
    with pytest.raises(ValidationError) as refused:
        change_brand(by=TEST, **{field: value})
    assert list(refused.value.message_dict) == [field]
    assert not Brand.objects.exists()


def test_a_name_that_is_none_is_refused_with_those_there_are():
    with pytest.raises(ValidationError) as refused:
        change_brand(by=TEST, acknowledgement="{contact}, thank you. {case}")
    assert refused.value.message_dict == {
        "acknowledgement": [
            "{contact} is nothing that can stand here. There is {case}, {promise}, {brand}. "
            "Nothing was changed."
        ]
    }


def test_only_those_who_may_change_settings_change_the_brand():
    specialist = SimpleNamespace(actor_ref=("person", 1), is_active=True, roles=frozenset({"specialist"}))
    with pytest.raises(NotPermitted):
        change_brand(by=specialist, name="Mine")
    change_brand(by=TEST, name="Publica")
    assert not visible_entries(specialist).exists()
    assert visible_entries(TEST).count() == 1


WAYSIDE = {"name": "Wayside", "sender_name": "Wayside", "sender_address": "help@wayside.example"}


def test_another_brand_stands_beside_the_vendors_own_and_changes_by_itself():
    change_brand(by=TEST, name="Publica", sender_address="help@publica.example")
    wayside = add_brand(by=TEST, **WAYSIDE)
    change_brand(wayside, by=TEST, name="Wayside Roads")
    assert [one.name for one in brands()] == ["Publica", "Wayside Roads"]
    assert brand().name == "Publica"
    assert sender_addresses() == {"help@publica.example", "help@wayside.example"}
    added = Entry.objects.get(kind="brand.added")
    assert added.about == (("brand", wayside.pk),)


def test_the_vendors_own_comes_first_before_anybody_named_it():
    add_brand(by=TEST, **WAYSIDE)
    assert [one.is_own for one in brands()] == [True, False]
    change_brand(by=TEST, name="Publica")
    assert [one.name for one in brands()] == ["Publica", "Wayside"]


def test_two_brands_do_not_write_from_one_address():
    change_brand(by=TEST, name="Publica", sender_address="help@publica.example")
    with pytest.raises(ValidationError) as refused:
        add_brand(by=TEST, **{**WAYSIDE, "sender_address": "Help@Publica.example"})
    assert refused.value.message_dict["sender_address"][0].startswith("Publica writes from this address.")
    assert Brand.objects.count() == 1


def test_only_those_who_may_change_settings_add_a_brand():
    specialist = SimpleNamespace(actor_ref=("person", 1), is_active=True, roles=frozenset({"specialist"}))
    with pytest.raises(NotPermitted):
        add_brand(by=specialist, **WAYSIDE)


@pytest.mark.parametrize(("colour", "contrast"), [("#ffffff", 1.0), ("#000000", 21.0), ("#767676", 4.54)])
def test_the_contrast_is_that_of_the_guideline(colour: str, contrast: float):
    assert contrast_with_white(colour) == pytest.approx(contrast, abs=0.005)
