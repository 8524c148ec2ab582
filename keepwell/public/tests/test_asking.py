"""The submission form: a case and a receipt, or the same words again with what is to be mended."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from keepwell.cases.models import Case
from keepwell.channels.form.codes import plain
from keepwell.conversations.models import MessageAttachment
from keepwell.customers.models import Contact
from keepwell.files.models import Attachment
from keepwell.kit import clock
from keepwell.outbox.models import Outgoing
from keepwell.public import forms
from tests import cast
from tests.statements import assert_costs_at_most

pytestmark = pytest.mark.django_db
WORDS = "Since this morning nothing can be saved."
# Put together here, or a scanner on this machine would take this file away.
VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture(autouse=True)
def open_for_a_while(monkeypatch):
    cast.the_guidelines()
    cast.ada_the_administrator()
    monkeypatch.setattr(forms, "FASTEST", timedelta(seconds=-1))


def filled(client, **other) -> dict[str, object]:
    page = client.get("/ask/").content.decode()
    hidden = dict(re.findall(r'name="(key|files_of|opened)" value="([^"]*)"', page))
    given = {
        "severity": "high",
        "subject": "Nothing can be saved",
        "body": WORDS,
        "name": "Lee",
        "email": "lee@unknown.example",
    }
    return {**hidden, **given, **other}


def test_a_sent_form_is_a_case_with_a_number_and_a_promise(client):
    answer = client.post("/ask/", filled(client), follow=True)
    case = Case.objects.get()
    page = answer.content.decode()
    assert f"Case {case.number}" in page
    assert "A person answers" in page
    assert "lee@unknown.example" in page


def test_the_form_says_by_when_what_will_happen(client):
    page = client.get("/ask/").content.decode()
    assert page.count("A person answers") == 3
    assert page.count("Most are solved") == 3


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("subject", "", "Say in a few words what is wrong."),
        ("body", " ", "Tell us what happened"),
        ("severity", "", "Choose how bad it is"),
        ("severity", "dire", "Select a valid choice"),
        ("name", "", "Tell us your name"),
        ("email", "", "We need a mail address"),
        ("email", "lee at home", "That is no mail address"),
        ("website", "http://spam.example", "faster than a person writes"),
        ("key", "no key", "did not arrive whole"),
        ("files_of", "", "did not arrive whole"),
        ("opened", "forged", "was open for very long"),
    ],
)
def test_a_form_to_be_mended_comes_back_with_every_word(client, field, value, words):
    answer = client.post("/ask/", filled(client, **{field: value}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    for kept in {"subject": "Nothing can be saved", "body": WORDS, "email": "lee@unknown.example"}.items():
        if kept[0] != field:
            assert kept[1] in page
    assert not Case.objects.exists()
    assert not Contact.objects.exists()


def test_a_form_with_nothing_says_all_that_is_missing(client):
    page = client.post("/ask/", {}).content.decode()
    assert page.count("field-error") >= 5


def test_a_script_as_subject_is_a_subject_and_never_runs(client):
    script = "<script>alert(1)</script>"
    page = client.post("/ask/", filled(client, subject=script), follow=True).content.decode()
    assert Case.objects.get().subject == script
    assert script not in page
    again = client.post("/ask/", filled(client, subject=script, body="")).content.decode()
    assert script not in again
    assert "&lt;script&gt;" in again


def test_sending_costs_few_statements_and_two_transactions(client):
    # 34: the limits counted; form and address locked and looked up, and when it was last written to; twelve
    # rows and seven entries written, the first words noted on the case; brand, guidelines and the case's
    # standing read for mail and clocks; the job; one telling; the session; of a case of High who is to be
    # told, the support hours and, if they are closed, who is on call. Each more is paid by everybody who
    # waits for the receipt.
    client.post("/ask/", filled(client))
    client.cookies.clear()
    form = filled(client, email="ann@unknown.example")
    assert_costs_at_most(34, 4, lambda: client.post("/ask/", form))


def test_files_go_with_the_case(client):
    files = [SimpleUploadedFile("log.txt", b"line"), SimpleUploadedFile("more.txt", b"more")]
    client.post("/ask/", filled(client, files=files))
    assert MessageAttachment.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [("virus.txt", VIRUS), ("empty.txt", b""), ("run.exe", b"MZ\x90\x00" + b"\0" * 100)],
)
def test_a_file_that_is_refused_is_named_and_the_words_are_kept(client, name, content):
    upload = SimpleUploadedFile(name, content)
    answer = client.post("/ask/", filled(client, files=[upload]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert name in page
    assert WORDS in page
    assert not Case.objects.exists()
    assert not Attachment.objects.exists()


def test_many_files_too_many_are_named_and_the_words_are_kept(client):
    files = [SimpleUploadedFile(f"picture-{number}.txt", b"line") for number in range(30)]
    answer = client.post("/ask/", filled(client, files=files))
    assert answer.status_code == 422
    assert "picture-29.txt is one too many" in answer.content.decode()
    assert WORDS in answer.content.decode()


def test_a_file_a_byte_too_large_is_refused(client, settings):
    settings.KEEPWELL_FILE_MEGABYTES = 1
    upload = SimpleUploadedFile("large.txt", b"x" * (1024 * 1024 + 1))
    answer = client.post("/ask/", filled(client, files=[upload]))
    assert answer.status_code == 422
    assert "large.txt" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_a_good_file_stays_when_the_rest_is_to_be_mended(client):
    form = filled(client, body="", files=[SimpleUploadedFile("log.txt", b"line")])
    page = client.post("/ask/", form).content.decode()
    assert "log.txt" in page
    form.pop("files")
    client.post("/ask/", {**form, "body": WORDS})
    assert MessageAttachment.objects.count() == 1


def test_the_same_form_sent_again_leads_to_the_same_receipt(client):
    form = filled(client)
    first = client.post("/ask/", form)
    second = client.post("/ask/", form)
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


@pytest.mark.parametrize("field", ["key", "files_of", "opened"])
def test_what_only_the_page_carries_is_made_anew_so_that_the_form_can_be_sent_again(client, field):
    page = client.post("/ask/", filled(client, **{field: "\x00"})).content.decode()
    hidden = dict(re.findall(r'name="(key|files_of|opened)" value="([^"]*)"', page))
    assert client.post("/ask/", {**filled(client), **hidden}).status_code == 302
    assert Case.objects.count() == 1


def test_a_form_faster_than_a_person_is_not_sent_and_nothing_is_lost(client, monkeypatch):
    monkeypatch.setattr(forms, "FASTEST", timedelta(seconds=60))
    answer = client.post("/ask/", filled(client))
    assert answer.status_code == 422
    assert WORDS in answer.content.decode()
    assert not Case.objects.exists()


def test_too_many_from_one_address_are_told_to_wait_and_keep_their_words(client):
    answers = [client.post("/ask/", filled(client, subject=f"Number {n}")) for n in range(7)]
    assert [answer.status_code for answer in answers] == [302] * 6 + [429]
    assert WORDS in answers[-1].content.decode()
    assert Case.objects.count() == 6


def test_a_receipt_is_for_the_browser_that_sent_the_form(client, django_user_model):
    address = client.post("/ask/", filled(client))["Location"]
    client.logout()
    client.cookies.clear()
    assert client.get(address).status_code == 404


def mailed_code() -> str:
    raw = bytes(Outgoing.objects.latest("pk").raw).decode()
    return plain(re.search(r"\*\*([A-Z0-9]{4} [A-Z0-9]{4})\*\*", raw)[1])


def test_the_code_from_the_mail_opens_the_case(client):
    client.post("/ask/", filled(client))
    case = Case.objects.get()
    answer = client.post(f"/follow/{case.number}/", {"code": mailed_code()})
    assert answer["Location"] == f"/portal/cases/{case.number}/"
    assert client.session["followed"]["case"] == case.pk
    case.refresh_from_db()
    assert case.is_verified_sender


def test_a_wrong_code_and_a_number_that_is_none_are_answered_alike(client):
    client.post("/ask/", filled(client))
    number = Case.objects.get().number
    answers = [client.post(f"/follow/{one}/", {"code": "WRONG234"}) for one in (number, number + 1000)]
    pages = [re.sub(r"\d{4,}|value=\"\w{64}\"", "", answer.content.decode()) for answer in answers]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert "not the code we sent" in pages[0]
    assert "not the code we sent" in pages[1]
    assert "followed" not in client.session


def test_a_new_code_goes_only_where_the_case_came_from(client, clock_at):
    client.post("/ask/", filled(client))
    number = Case.objects.get().number
    clock_at(clock.now() + timedelta(hours=1))
    for email in ("stranger@unknown.example", "LEE@unknown.example"):
        client.post(f"/follow/{number}/code/", {"email": email})
    assert [row.to_address for row in Outgoing.objects.order_by("pk")] == ["lee@unknown.example"] * 2


def test_the_front_door_shows_hours_and_promises(client):
    page = client.get("/").content.decode()
    assert "within 6 hours" in page
    assert "85% of cases within 24 hours" in page
    assert "70% of all issues solved within 1 business day" in page


def test_reports_of_browsers_are_taken_whatever_they_hold(client):
    report = {
        "csp-report": {"blocked-uri": "https://evil.example/x?secret", "effective-directive": "script-src"}
    }
    for body in (report, {}, []):
        answer = client.post("/csp-report/", data=body, content_type="application/json")
        assert answer.status_code == 204
    for told in (b"\xff", b'{"csp-report":' + b"[" * 8_000):
        assert (
            client.post("/csp-report/", data=told, content_type="application/csp-report").status_code == 204
        )
