from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMessage

from keepwell.customers.models import Product
from keepwell.customers.verbs.products import add_product
from keepwell.desk.tests.people import BY_TEST, person, queries_of, signed_in
from keepwell.journal.models import Entry
from keepwell.outbox.models import Brand, Outgoing, Purpose, State
from keepwell.outbox.verbs.queuing import enqueue
from keepwell.people.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return signed_in(person(Role.ADMINISTRATOR))


def written(number: int = 1, *, purpose: Purpose = Purpose.CODE) -> Outgoing:
    message = EmailMessage("Your code", "Your code is 314159.", to=[f"someone{number}@example.org"])
    return enqueue(message, purpose=purpose, by=BY_TEST)[0]


def test_the_brand_is_changed_and_stands_on_every_page(ada):
    wanted = {
        "name": "Publica",
        "sender_name": "Publica support",
        "sender_address": "help@publica.example",
        "accent": "#1f5fbf",
    }
    assert ada.post("/desk/settings/brand/", wanted).status_code == 302
    assert Brand.objects.get().name == "Publica"
    assert "· Publica</title>" in ada.get("/desk/settings/brand/").content.decode()


def test_a_colour_that_cannot_be_read_is_said_beside_the_field(ada):
    wanted = {"name": "P", "sender_name": "P", "sender_address": "help@publica.example", "accent": "#ffff00"}
    response = ada.post("/desk/settings/brand/", wanted)
    assert response.status_code == 422
    assert "cannot be read on white" in response.content.decode()
    assert not Brand.objects.exists()


PUBLICA = {
    "name": "Publica",
    "sender_name": "Publica support",
    "sender_address": "help@publica.example",
    "accent": "#1f5fbf",
}


def test_a_mail_is_shown_as_the_brand_would_make_it_and_nothing_is_saved(ada):
    wanted = {**PUBLICA, "answer_frame": "Dear {contact},\r\n\r\n{answer}", "signature": "Yours, {writer}"}
    response = ada.post("/desk/settings/brand/preview/", wanted)
    words = response.content.decode()
    assert "Dear the customer," in words
    assert "<strong>what is important</strong>" in words
    assert "Yours, " in words
    assert not Brand.objects.exists()
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_what_could_not_leave_is_said_in_the_preview(ada):
    response = ada.post("/desk/settings/brand/preview/", {**PUBLICA, "signature": "{who}"})
    assert "{who} is nothing that can stand here" in response.content.decode()


def test_a_code_is_hidden_outside_the_demonstration(ada):
    mail = written()
    page = ada.get(f"/desk/settings/outbox/{mail.pk}/").content.decode()
    assert "314159" not in page
    assert "are hidden" in page


def test_a_code_is_read_in_the_demonstration(ada, settings):
    settings.KEEPWELL_DEMO = True
    mail = written()
    assert "314159" in ada.get(f"/desk/settings/outbox/{mail.pk}/").content.decode()


def test_the_outbox_costs_the_same_with_ten_mails_and_with_twenty(ada):
    for number in range(10):
        written(number)
    ten = queries_of(ada, "/desk/settings/outbox/")
    for number in range(10, 20):
        written(number)
    assert queries_of(ada, "/desk/settings/outbox/") == ten


def test_mail_is_found_by_address_and_by_state(ada):
    written(1)
    written(2)
    page = ada.get("/desk/settings/outbox/?q=SOMEONE1@example.org").content.decode()
    assert "someone1@example.org" in page
    assert "someone2@example.org" not in page
    assert "someone1@example.org" not in ada.get("/desk/settings/outbox/?state=sent").content.decode()


def test_a_waiting_mail_is_cancelled_and_not_twice(ada):
    mail = written()
    address = f"/desk/settings/outbox/{mail.pk}/cancellation/"
    ada.post(address)
    mail.refresh_from_db()
    assert mail.state == State.CANCELLED
    again = ada.post(address, follow=True).content.decode()
    assert "no longer waiting" in again


def test_an_unknown_act_on_a_mail_is_not_found(ada):
    assert ada.post(f"/desk/settings/outbox/{written().pk}/forwarding/").status_code == 404


def test_the_journal_is_looked_through_by_subject_and_kind(ada):
    works = add_product("Works", by=BY_TEST)
    other = add_product("Permits", by=BY_TEST)
    response = ada.get("/desk/settings/journal/", {"noun": "product", "number": works.pk})
    assert [line["about"] for line in response.context["lines"]] == [[f"product {works.pk}"]]
    by_kind = ada.get("/desk/settings/journal/", {"kind": "product.added"})
    assert len(by_kind.context["lines"]) == 2
    assert f"product {other.pk}" in by_kind.content.decode()


def test_the_journal_costs_the_same_with_ten_entries_and_with_twenty(ada):
    for number in range(10):
        add_product(f"Product {number}", by=BY_TEST)
    ten = queries_of(ada, "/desk/settings/journal/")
    for number in range(10, 20):
        add_product(f"Product {number}", by=BY_TEST)
    assert queries_of(ada, "/desk/settings/journal/") == ten


def test_a_journal_asked_for_nonsense_shows_all_of_it(ada):
    add_product("Works", by=BY_TEST)
    response = ada.get("/desk/settings/journal/", {"noun": "secret", "number": "9" * 30})
    assert response.status_code == 200
    assert len(response.context["lines"]) == Entry.objects.count()


def csv(*lines: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("products.csv", "\n".join(lines).encode(), "text/csv")


def test_a_file_is_tried_then_brought_in_without_choosing_it_again(ada):
    tried = ada.post(
        "/desk/settings/import/",
        {"kind": "products", "act": "try", "file": csv("product", "Works", "Permits")},
    )
    assert "It can be brought in" in tried.content.decode()
    assert not Product.objects.exists()
    applied = ada.post(
        "/desk/settings/import/",
        {"kind": "products", "act": "apply", "carried": tried.context["carried"]},
    )
    assert "All of it is kept" in applied.content.decode()
    assert set(Product.objects.values_list("name", flat=True)) == {"Works", "Permits"}


def test_lines_to_mend_are_named_and_nothing_is_kept(ada):
    long = "x" * 300
    wanted = {"kind": "products", "act": "apply", "file": csv("product", "Works", long)}
    response = ada.post("/desk/settings/import/", wanted)
    page = response.content.decode()
    assert "Line 3" in page
    assert not Product.objects.exists()


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\x00", b"colour\nred\n"])
def test_a_file_of_another_kind_is_refused_in_words(ada, content):
    file = SimpleUploadedFile("x.csv", content)
    response = ada.post("/desk/settings/import/", {"kind": "products", "act": "try", "file": file})
    assert response.status_code == 422
    assert "alert-bad" in response.content.decode()


def test_without_a_file_nothing_is_brought_in(ada):
    response = ada.post("/desk/settings/import/", {"kind": "products", "act": "try"})
    assert "Choose a CSV file" in response.content.decode()


def test_each_kind_has_a_file_to_begin_with(ada):
    for kind in ("products", "accounts", "contacts", "staff"):
        response = ada.get(f"/desk/settings/import/{kind}.csv")
        assert response.headers["Content-Disposition"] == f'attachment; filename="{kind}.csv"'
        assert response.content
    assert ada.get("/desk/settings/import/passwords.csv").status_code == 404
