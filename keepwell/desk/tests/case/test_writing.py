"""Answering and noting: nothing typed is lost, nothing leaves unread past somebody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE, now
from keepwell.cases.verbs.detailing import change_tags
from keepwell.conversations.models import Draft, Message, Note
from keepwell.conversations.verbs.releasing import release, release_due
from keepwell.desk.tests.case.scene import answered, said
from keepwell.desk.tests.people import signed_in
from keepwell.files.models import Blob
from keepwell.journal.models import Entry
from keepwell.service_levels.models import PromisedUpdate
from tests import cast
from tests.statements import assert_costs_at_most

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
HTMX = {"HX-Request": "true"}
TEXT = "We have found the driver. **Please print once more.**"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 500


def send(desk: Client, case: Case, *, headers: Any = HTMX, **given: Any) -> Any:
    sent = {"body": TEXT, "then": "send", **given}
    return desk.post(f"/desk/cases/{case.number}/replies/", sent, headers=headers)


def message() -> Message:
    return Message.objects.filter(direction="out").latest("pk")


def test_an_answer_waits_a_moment_and_the_box_is_empty_again(desk, case):
    response = send(desk, case)
    assert response.status_code == 200
    assert TEXT not in response.content.decode()
    assert (message().state, message().body) == ("pending", TEXT)
    assert "/undo/" in response.headers["HX-Trigger"]


def test_sending_an_answer_costs_few_statements_and_two_transactions(desk, case):
    # 15: session, person and roles; the case; the text kept first, whatever comes of it; who takes part, our
    # last answer and the mail after it, to tell who is new or gone; its files; the case locked, the message
    # written, the draft done with, the job that lets it leave, the entry, one telling.
    send(desk, case, headers={})
    assert_costs_at_most(15, 4, lambda: send(desk, case, headers={}))


def test_without_scripts_it_leads_back_to_the_case(desk, case):
    response = send(desk, case, headers={})
    assert response.headers["Location"] == f"/desk/cases/{case.number}/#write"
    assert "Undo" in desk.get(f"/desk/cases/{case.number}/").content.decode()


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_sent_twice_from_one_page_it_is_one_answer(desk, case, maria, headers):
    seen = _hidden(desk.get(f"/desk/cases/{case.number}/").content.decode(), "seen_through")
    for _time in range(2):
        sent = send(desk, case, headers=headers, seen_through=seen, update_at="2026-06-09T18:00")
        assert sent.status_code in (200, 302)
    assert Message.objects.filter(author_user=maria, body=TEXT).count() == 1
    assert not Draft.objects.filter(user=maria).exists()


def test_said_again_once_the_page_showed_it_it_is_said_twice(desk, case, maria):
    for _time in range(2):
        seen = _hidden(desk.get(f"/desk/cases/{case.number}/").content.decode(), "seen_through")
        send(desk, case, seen_through=seen)
    assert Message.objects.filter(author_user=maria, body=TEXT).count() == 2


def test_taken_back_its_words_stand_in_the_box_before_what_was_begun_since(desk, case):
    send(desk, case)
    url = reverse("desk:case_message_undo", args=[case.number, message().pk])
    response = desk.post(url, {"begun": "And another thing."}, headers=HTMX)
    box = response.content.decode()
    assert response.headers["HX-Retarget"] == "#reply-form"
    assert box.index("We have found the driver.") < box.index("And another thing.")
    assert message().state == "undone"


def test_what_has_left_cannot_be_taken_back(desk, case):
    send(desk, case)
    release(message())
    response = desk.post(f"/desk/cases/{case.number}/messages/{message().pk}/undo/", headers=HTMX)
    assert response.status_code == 204
    assert "too late" in response.headers["HX-Trigger"]


def test_nobody_else_takes_it_back(desk, case):
    send(desk, case)
    theo = signed_in(cast.theo_at_level_two())
    response = theo.post(f"/desk/cases/{case.number}/messages/{message().pk}/undo/")
    assert response.status_code == 403
    assert message().state == "pending"


def test_a_message_of_another_case_is_not_found(desk, case, dana):
    other = answered(case, cast.maria_the_specialist(), "Elsewhere.", NINE + MINUTE)
    from_there = Case.objects.exclude(pk=case.pk).first()
    number = from_there.number if from_there else case.number + 1
    assert desk.post(f"/desk/cases/{number}/messages/{other.pk}/undo/").status_code == 404


def test_an_empty_answer_is_refused_in_words(desk, case):
    response = send(desk, case, body="  ")
    assert response.status_code == 422
    assert "There is nothing written yet" in response.content.decode()
    assert not Message.objects.filter(direction="out").exists()


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_refused_answer_comes_back_as_it_was_typed_and_is_kept(desk, case, maria, headers):
    response = send(desk, case, headers=headers, update_at="2020-01-01T10:00")
    page = response.content.decode()
    assert response.status_code == 422
    assert "That moment has passed." in page
    assert "Please print once more." in page
    assert Draft.objects.get(user=maria).body == TEXT


def test_an_answer_to_be_sent_later_waits_until_then_and_can_be_taken_back(desk, case, maria):
    assert "It leaves when you said." in send(desk, case, leave_at="2026-06-09T18:00").headers["HX-Trigger"]
    waits = Message.objects.get(author_user=maria)
    assert waits.release_at - waits.written_at > timedelta(hours=1)
    assert not release_due(at=waits.release_at - timedelta(seconds=1))
    assert "Undo" in desk.get(f"/desk/cases/{case.number}/").content.decode()
    assert release_due(at=waits.release_at) == 1


def test_an_answer_cannot_be_sent_in_the_past(desk, case):
    page = send(desk, case, leave_at="2020-01-01T10:00")
    assert page.status_code == 422
    assert "That is over already. Your text is kept." in page.content.decode()
    assert not Message.objects.filter(direction="out").exists()


def test_a_day_that_is_none_is_said_beside_its_field(desk, case):
    page = send(desk, case, update_at="tomorrow").content.decode()
    assert "Choose a day and a time. Your text is kept." in page
    assert "<details" in page
    assert " open>" in page


def test_looked_at_before_it_is_sent(desk, case):
    page = send(desk, case, then="preview").content.decode()
    assert "<strong>Please print once more.</strong>" in page
    assert not Message.objects.filter(direction="out").exists()


def test_sent_and_waiting(desk, case):
    send(desk, case, then="wait")
    release(message())
    assert now(case).state == "waiting_on_customer"


def test_sent_and_resolved_with_how_and_why(desk, case):
    send(desk, case, then="resolve", how="corrected", root_cause="The driver was of another model")
    release(message())
    closure = now(case).closures.get()
    assert (closure.how, closure.root_cause) == ("corrected", "The driver was of another model")


def test_an_update_promised_with_the_answer_stands_after_it_left(desk, case):
    send(desk, case, update_at="2026-06-09T16:00")
    release(message(), at=NINE + 11 * MINUTE)
    assert PromisedUpdate.objects.get().ended_at is None


def test_who_answers_past_somebody_elses_message_is_told_first_and_then_may(desk, case, maria, dana):
    seen = {"seen": case.version, "seen_through": Message.objects.latest("pk").pk}
    answered(case, cast.theo_at_level_two(), "Try the other cable.", NINE + MINUTE)
    response = send(desk, case, **seen)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Theo Lindqvist" in page
    assert "Try the other cable." in page
    assert "Please print once more." in page
    assert Message.objects.filter(body=TEXT).count() == 0
    again = {name: _hidden(page, name) for name in ("seen", "seen_through")}
    assert send(desk, case, **again).status_code == 200


def test_who_answers_past_a_change_is_told_what_changed(desk, case):
    change_tags(case, ["printing"], by=cast.theo_at_level_two())
    response = send(desk, case, seen=case.version, headers={})
    assert response.status_code == 409
    assert "Tags changed, by Theo Lindqvist" in response.content.decode()


def test_ones_own_last_answer_leaving_is_no_clash(desk, case, maria):
    seen = case.version
    answered(case, maria, "First.", NINE + MINUTE)
    assert send(desk, case, seen=seen).status_code == 200


def test_the_news_are_told_above_the_text_while_it_is_written(desk, case, dana):
    began = {"from_seen": case.version, "from_through": Message.objects.latest("pk").pk, "writing": "1"}
    said(case, dana, "It prints again, by itself.", NINE + MINUTE)
    page = desk.get(f"/desk/cases/{case.number}/news/", began, headers=HTMX).content.decode()
    assert "It prints again, by itself." in page
    assert _hidden(page, "seen_through") == str(Message.objects.latest("pk").pk)
    assert _hidden(page, "from_through") == str(began["from_through"])


def test_nothing_is_news_to_who_writes_nothing(desk, case, dana):
    began = {"from_seen": case.version, "from_through": Message.objects.latest("pk").pk}
    said(case, dana, "It prints again, by itself.", NINE + MINUTE)
    page = desk.get(f"/desk/cases/{case.number}/news/", began, headers=HTMX).content.decode()
    assert "It prints again" not in page
    assert _hidden(page, "from_through") == str(Message.objects.latest("pk").pk)


def test_what_is_being_written_is_there_after_a_crash(desk, case):
    url = f"/desk/cases/{case.number}/drafts/"
    assert desk.post(f"{url}reply/", {"body": "Half a sen"}).status_code == 204
    assert desk.post(f"{url}note/", {"body": "Ask Ines"}).status_code == 204
    page = desk.get(f"/desk/cases/{case.number}/").content.decode()
    assert "Half a sen" in page
    assert "Ask Ines" in page
    theirs = signed_in(cast.theo_at_level_two()).get(f"/desk/cases/{case.number}/").content.decode()
    assert "Half a sen" not in theirs


def test_a_kind_of_draft_that_is_none_is_404(desk, case):
    assert desk.post(f"/desk/cases/{case.number}/drafts/letter/", {"body": "x"}).status_code == 404


def test_a_file_waits_with_the_draft_and_goes_with_the_answer(desk, case):
    item = upload(desk, case, "pump.png", PNG).content.decode()
    assert "pump.png" in item
    assert "pump.png" in desk.get(f"/desk/cases/{case.number}/").content.decode()
    send(desk, case)
    assert [row.attachment.name for row in message().attached.all()] == ["pump.png"]
    assert not Draft.objects.exists()


def test_a_file_sent_with_the_form_goes_along_without_scripts(desk, case):
    send(desk, case, headers={}, files=[SimpleUploadedFile("pump.png", PNG)])
    assert [row.attachment.name for row in message().attached.all()] == ["pump.png"]


def test_a_program_is_refused_in_plain_words(desk, case):
    response = upload(desk, case, "crews.exe", b"MZ" + b"\0" * 500)
    assert response.status_code == 422
    assert response.headers["Content-Type"].startswith("text/plain")
    assert "crews.exe" in response.content.decode()


def test_a_file_is_taken_out_of_the_draft(desk, case, maria):
    upload(desk, case, "pump.png", PNG)
    attachment = Draft.objects.get(user=maria).attached.get().attachment_id
    url = f"/desk/cases/{case.number}/drafts/reply/files/{attachment}/removal/"
    assert signed_in(cast.theo_at_level_two()).post(url).status_code == 404
    assert desk.post(url, headers=HTMX).status_code == 200
    assert not Draft.objects.exists()


def test_a_file_is_served_through_its_message_and_never_acts(desk, case):
    upload(desk, case, "pump.png", PNG)
    send(desk, case)
    row = message().attached.get()
    url = f"/desk/cases/{case.number}/messages/{row.message_id}/files/{row.attachment_id}/"
    response = desk.get(url)
    assert b"".join(response.streaming_content) == PNG
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert 'filename="pump.png"' in response.headers["Content-Disposition"]
    assert (
        desk.get(f"/desk/cases/{case.number}/notes/{row.message_id}/files/{row.attachment_id}/").status_code
        == 404
    )
    assert signed_in(cast.nora_of_another_town()).get(url).status_code == 404


def test_a_note_is_added_and_no_topic_of_customers_hears_of_it(desk, case, monkeypatch):
    told: list[str] = []
    monkeypatch.setattr("keepwell.journal.live.tell_all", told.extend)
    response = desk.post(f"/desk/cases/{case.number}/notes/", {"body": "Canary of staff."}, headers=HTMX)
    assert response.status_code == 200
    assert Note.objects.get().body == "Canary of staff."
    assert f"case:{case.pk}" in told
    assert not [topic for topic in told if topic.startswith("portal_")]
    assert "Canary" not in str([entry.facts for entry in Entry.objects.all()])


def test_an_empty_note_is_refused_in_words(desk, case):
    response = desk.post(f"/desk/cases/{case.number}/notes/", {"body": ""})
    assert response.status_code == 422
    assert "There is nothing written yet" in response.content.decode()


def test_an_engineer_notes_but_does_not_answer(case):
    ines = signed_in(cast.ines_the_engineer())
    assert ines.post(f"/desk/cases/{case.number}/notes/", {"body": "Looked."}).status_code == 302
    assert send(ines, case, headers={}).status_code == 403


def upload(desk: Client, case: Case, name: str, body: bytes) -> Any:
    file = SimpleUploadedFile(name, body)
    return desk.post(f"/desk/cases/{case.number}/drafts/reply/files/", {"file": file}, headers=HTMX)


def _hidden(page: str, name: str) -> str:
    return page.partition(f'name="{name}" value="')[2].partition('"')[0]


def test_a_picture_among_the_words_is_shown_to_whoever_sees_the_message(desk, case):
    upload(desk, case, "pump.png", PNG)
    number = Draft.objects.get().attached.get().attachment_id
    send(desk, case, body=f"See ![pump.png](/files/{number}) and ![other](/files/{number + 1}).")
    page = desk.get(f"/desk/cases/{case.number}/").content.decode()
    address = f"/desk/cases/{case.number}/messages/{message().pk}/files/{number}/"
    assert f'<img src="{address}" alt="pump.png">' in page
    assert "[Picture: other]" in page
    assert 'src="/files/' not in page


def test_a_picture_that_waits_for_its_scan_is_named_and_not_shown(desk, case):
    upload(desk, case, "pump.png", PNG)
    number = Draft.objects.get().attached.get().attachment_id
    Blob.objects.update(scan_state="unscanned")
    send(desk, case, body=f"See ![pump.png](/files/{number}).")
    assert "[Picture: pump.png]" in desk.get(f"/desk/cases/{case.number}/").content.decode()


def test_a_preview_shows_the_pictures_of_the_draft(desk, case):
    upload(desk, case, "pump.png", PNG)
    number = Draft.objects.get().attached.get().attachment_id
    shown = send(desk, case, body=f"![pump.png](/files/{number})", then="preview").content.decode()
    assert f'<img src="/desk/cases/{case.number}/draft-files/{number}/" alt="pump.png">' in shown


def test_the_formatted_box_is_given_clean_html_and_nothing_is_kept(desk, case):
    given = {"body": "**a** <script>alert(1)</script> [b](javascript:alert(1))"}
    shown = desk.post(f"/desk/cases/{case.number}/written/", given).content.decode()
    assert "<strong>a</strong>" in shown
    assert "<script" not in shown
    assert "href" not in shown
    assert not Draft.objects.exists()
