"""Who gets in where: each page shown to its rightful reader first, then to those it is not for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.tests.elm_falls import NINE, SYSTEM, answer, open_for, words
from keepwell.cases.verbs.merging import merge
from keepwell.cases.verbs.noting import add_note
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.placing import Placement, place
from keepwell.cases.verbs.privacy import make_private
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.cases.verbs.spam import mark_spam
from keepwell.conversations.models import MessageAttachment
from keepwell.conversations.verbs.participating import add_participant
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.words import Words
from keepwell.files.verbs.storing import store
from keepwell.journal.models import Entry
from keepwell.portal.urls import urlpatterns
from tests import cast

PAGES = ("home", "service_levels", "me", "cases", "new_case")
OF_OTHER_THINGS = ("calendar", "engagement", "enquir", "new_enquiry", "review", "road_map")
OF_A_CASE = ("case", "case_standing", "case_thread")
ACTS = (
    "case_messages",
    "case_draft",
    "case_closure",
    "case_reopening",
    "case_withdrawal",
    "case_privacy",
    "case_participants",
    "case_participant_confirmation",
    "case_participant_removal",
)


def address(name: str, case: Case) -> str:
    beside = [case.contact_id] if "participant_" in name else []
    return reverse(f"portal:{name}", args=[case.number, *beside])


def with_a_file(case: Case, dana) -> str:
    upload = store(SimpleUploadedFile("log.txt", b"a line"), by=dana)
    said = Words(body="See the log.", channel="portal", attachments=[upload])
    own = open_case(NewCase(subject="With a log", contact=dana.contact, words=said), by=dana)
    return reverse("portal:case_file", args=[own.number, upload.pk])


@pytest.fixture
def strangers(nora, maria):
    """A customer of another account, and one of ours: he has a face of his own."""
    return nora, maria


def test_every_address_is_in_these_tables():
    """Those of other things than cases are walked by tests/access, with all others."""
    names = {pattern.name for pattern in urlpatterns if not pattern.name.startswith(OF_OTHER_THINGS)}
    assert names == {*PAGES, *OF_A_CASE, *ACTS, "case_file"}


@pytest.mark.parametrize("name", PAGES)
def test_own_pages_are_for_customers_who_are_signed_in(name, dana, carl, nora, maria, signed_in):
    where = reverse(f"portal:{name}")
    for customer in (dana, carl, nora):
        assert signed_in(customer).get(where).status_code == 200
    assert signed_in(maria).get(where).status_code == 404
    assert Client().get(where)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", OF_A_CASE)
def test_a_case_is_for_whoever_sent_it_and_his_administrator(name, case, dana, carl, strangers, signed_in):
    where = address(name, case)
    for reader in (dana, carl):
        assert signed_in(reader).get(where).status_code == 200
    for stranger in strangers:
        assert signed_in(stranger).get(where).status_code == 404
    assert Client().get(where)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", ACTS)
def test_nobody_else_can_do_anything_to_a_case(name, case, dana, strangers, signed_in):
    where = address(name, case)
    before = Entry.objects.count()
    for stranger in strangers:
        assert signed_in(stranger).post(where, {"body": "mine"}).status_code == 404
    assert Client().post(where)["Location"].startswith("/accounts/login/")
    assert Entry.objects.count() == before
    assert signed_in(dana).post(where).status_code in (204, 302, 422)
    assert signed_in(dana).get(where).status_code == 405


def test_a_file_is_for_whoever_can_read_its_message(case, dana, carl, nora, maria, signed_in):
    where = with_a_file(case, dana)
    shown = signed_in(carl).get(where)
    assert b"".join(shown.streaming_content) == b"a line"
    assert "sandbox" in shown["Content-Security-Policy"]
    for stranger in (nora, maria):
        assert signed_in(stranger).get(where).status_code == 404
    attachment = MessageAttachment.objects.get().attachment_id
    assert signed_in(dana).get(f"/portal/cases/{case.number}/files/{attachment}/").status_code == 404


def test_a_file_of_an_answer_that_has_not_left_or_of_a_note_is_nobodys(case, dana, maria, signed_in):
    pending = store(SimpleUploadedFile("pending.txt", b"x"), by=maria)
    noted = store(SimpleUploadedFile("noted.txt", b"x"), by=maria)
    reply(case, Reply(words=Words(body="Wait.", attachments=[pending])), by=maria)
    add_note(case, Words(body="Note.", attachments=[noted]), by=maria)
    for attachment in (pending, noted):
        where = f"/portal/cases/{case.number}/files/{attachment.pk}/"
        assert signed_in(dana).get(where).status_code == 404


def test_a_picture_among_the_words_is_shown_and_one_of_a_note_is_not(case, dana, maria, signed_in):
    png = b"\x89PNG\r\n\x1a\n" + b"pixels" * 100
    shown, inside = (store(SimpleUploadedFile(f"{name}.png", png), by=maria) for name in ("pump", "inside"))
    add_note(case, Words(body=f"![](/files/{inside.pk})", attachments=[inside]), by=maria)
    said = Words(body=f"![pump](/files/{shown.pk}) ![that](/files/{inside.pk})", attachments=[shown])
    release(reply(case, Reply(words=said), by=maria, at=NINE), at=NINE)
    page = signed_in(dana).get(address("case", case)).content.decode()
    assert f'<img src="/portal/cases/{case.number}/files/{shown.pk}/" alt="pump">' in page
    assert "[Picture: that]" in page
    assert f"files/{inside.pk}" not in page


def test_notes_and_answers_that_have_not_left_are_on_no_page(case, dana, carl, maria, signed_in):
    answer(case, maria, NINE)
    add_note(case, words("canary-of-a-note", "desk"), by=maria, at=NINE)
    reply(case, Reply(words=words("canary-that-waits", "desk"), undo_for=timedelta(minutes=5)), by=maria)
    for reader in (dana, carl):
        client = signed_in(reader)
        for where in (*(address(name, case) for name in OF_A_CASE), "/portal/", "/portal/cases/"):
            page = client.get(where).content.decode()
            assert "canary" not in page
    assert "We look into it." in signed_in(dana).get(address("case", case)).content.decode()


def test_a_private_case_is_not_the_administrators(case, dana, carl, signed_in):
    make_private(case, by=dana)
    assert signed_in(carl).get(address("case", case)).status_code == 404
    assert signed_in(dana).get(address("case", case)).status_code == 200


def test_an_unverified_sender_shows_nothing_to_the_account(carl, signed_in):
    somebody = cast.contact_of_somebody_unknown()
    case = open_case(NewCase(subject="From outside", contact=somebody, words=words()), by=somebody)
    place(case, Placement(account=cast.elm_falls()), by=SYSTEM)
    assert signed_in(carl).get(address("case", case)).status_code == 404
    assert "From outside" not in signed_in(carl).get("/portal/cases/?whose=all").content.decode()


def test_spam_is_not_there(case, dana, signed_in):
    mark_spam(case, by=SYSTEM)
    assert signed_in(dana).get(address("case", case)).status_code == 404


def test_a_merged_case_leads_to_where_it_goes_on(case, dana, maria, signed_in):
    other = open_for(dana, subject="The same again")
    merge(other, case, by=maria)
    answered = signed_in(dana).get(address("case", other))
    assert answered["Location"] == address("case", case)


def test_a_participant_sees_that_case_alone(case, dana, signed_in):
    pia = cast.pia_at_elm_falls_water()
    open_for(dana, subject="Another one")
    add_participant(case.conversation, pia.contact, by=dana)
    page = signed_in(pia).get("/portal/cases/").content.decode()
    assert "The printer is silent" in page
    assert "Another one" not in page
    assert signed_in(pia).get(address("case", case)).status_code == 200


def test_who_follows_by_a_code_sees_that_case_and_nothing_else(case, dana, following):
    other = open_for(dana, subject="Another one")
    client = following(case, dana.contact)
    assert client.get(address("case", case)).status_code == 200
    assert client.get(address("case", other)).status_code == 404
    for name in PAGES:
        assert client.get(reverse(f"portal:{name}"))["Location"].startswith("/accounts/login/")


def test_following_ends_after_its_time(case, dana, following, clock_at):
    client = following(case, dana.contact)
    clock_at(NINE + timedelta(hours=24))
    assert client.get(address("case", case))["Location"].startswith("/accounts/login/")


def test_a_grant_for_a_case_that_is_not_theirs_opens_nothing(case, nora, following):
    assert following(case, nora.contact).get(address("case", case)).status_code == 404
