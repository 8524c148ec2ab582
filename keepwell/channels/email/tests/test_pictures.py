"""Pictures of an answer stand in its mail where they stood in the words, and none of a note does."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from django.core.files.base import ContentFile

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE, open_for
from keepwell.cases.verbs.noting import add_note
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.words import Words
from keepwell.files.models import Attachment, Blob
from keepwell.files.verbs.storing import store
from keepwell.outbox.models import Outgoing
from keepwell.people.models import User
from tests import cast

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"pixels" * 100


@pytest.fixture(autouse=True)
def nine_in_the_morning(clock_at: Any) -> None:
    clock_at(NINE)
    cast.the_guidelines()


@pytest.fixture
def maria() -> User:
    return cast.maria_the_specialist()


@pytest.fixture
def case() -> Case:
    return open_for(cast.dana_at_elm_falls())


def picture(maria: User, name: str = "pump.png", body: bytes = PNG) -> Attachment:
    return store(ContentFile(body, name=name), by=maria)


def sent(case: Case, maria: User, body: str, *files: Attachment) -> EmailMessage:
    message = reply(case, Reply(words=Words(body=body, attachments=files)), by=maria, at=NINE)
    release(message, at=NINE)
    return message_from_bytes(bytes(Outgoing.objects.latest("pk").raw), policy=policy.default)


def html_of(mail: EmailMessage) -> str:
    return str(mail.get_body(("html",)).get_content())


def text_of(mail: EmailMessage) -> str:
    return str(mail.get_body(("plain",)).get_content())


def shape(part: Any) -> Any:
    kind = part.get_content_type()
    return (kind, [shape(one) for one in part.iter_parts()]) if part.is_multipart() else kind


def test_a_picture_travels_with_its_words_and_other_files_after_them(case, maria):
    shown, log = picture(maria), store(ContentFile(b"a line", name="a.log"), by=maria)
    mail = sent(case, maria, f"See ![pump.png](/files/{shown.pk}).", shown, log)
    words = ("multipart/alternative", ["text/plain", "text/html"])
    assert shape(mail) == ("multipart/mixed", [("multipart/related", [words, "image/png"]), "text/plain"])
    [part] = [one for one in mail.walk() if one.get_content_type() == "image/png"]
    assert part.get_content() == PNG
    assert part.get_content_disposition() == "inline"
    assert part.get_filename() == "pump.png"
    assert f'<img src="cid:{part["Content-ID"][1:-1]}" alt="pump.png">' in html_of(mail)
    assert "See [Picture: pump.png]." in text_of(mail)
    assert bytes(Outgoing.objects.latest("pk").raw).isascii()


def test_a_picture_that_stands_twice_travels_once(case, maria):
    shown = picture(maria, "Größe.png")
    mail = sent(case, maria, f"![a](/files/{shown.pk})\n\n![b](/files/{shown.pk})", shown)
    [part] = [one for one in mail.walk() if one.get_content_type() == "image/png"]
    assert part.get_filename() == "Größe.png"
    assert html_of(mail).count(f"cid:{part['Content-ID'][1:-1]}") == 2


def test_a_picture_that_no_word_shows_goes_along_as_a_file(case, maria):
    mail = sent(case, maria, "See the file.", picture(maria))
    assert shape(mail) == (
        "multipart/mixed",
        [("multipart/alternative", ["text/plain", "text/html"]), "image/png"],
    )


def test_a_picture_too_large_for_a_mail_is_named_and_found_with_the_case(case, maria, settings):
    settings.KEEPWELL_MAIL_ATTACHED_MEGABYTES = 0
    shown = picture(maria)
    mail = sent(case, maria, f"See ![pump.png](/files/{shown.pk}).", shown)
    assert [part for part in mail.walk() if part.get_content_maintype() == "image"] == []
    assert "<img" not in html_of(mail)
    assert "See [Picture: pump.png]." in text_of(mail)
    assert f"/portal/cases/{case.number}/files/{shown.pk}/" in text_of(mail)


def test_a_picture_that_waits_for_its_scan_is_not_sent(case, maria):
    shown = picture(maria)
    Blob.objects.update(scan_state="unscanned")
    mail = sent(case, maria, f"![pump.png](/files/{shown.pk})", shown)
    assert [part for part in mail.walk() if part.get_content_maintype() == "image"] == []


def test_the_picture_of_a_note_is_in_no_mail_whoever_names_it(case, maria):
    inside = picture(maria, "canary-of-staff.png")
    add_note(case, Words(body=f"![canary](/files/{inside.pk})", attachments=[inside]), by=maria, at=NINE)
    mail = sent(case, maria, f"See ![that](/files/{inside.pk}).")
    assert [part for part in mail.walk() if part.get_content_maintype() == "image"] == []
    assert "[Picture: that]" in html_of(mail)
    assert "canary" not in str(mail)


def test_what_is_quoted_below_names_its_pictures(case, maria):
    shown = picture(maria)
    sent(case, maria, f"See ![pump.png](/files/{shown.pk}).", shown)
    mail = sent(case, maria, "And now?")
    assert "> See [Picture: pump.png]." in text_of(mail)
    assert "[Picture: pump.png]" in html_of(mail)
    assert "/files/" not in html_of(mail).replace("/portal/", "")
