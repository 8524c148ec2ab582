"""Mail at its case: how a message came, what it quotes, what waits beside it, and a join taken back."""

from __future__ import annotations

import pytest

from keepwell.cases.models import Case
from keepwell.channels.email.tests.letters import DANA, STRANGER, came_in, letter
from keepwell.channels.models import InboundMail, MailState
from keepwell.conversations.verbs.redacting import redact
from keepwell.desk.tests.people import queries_of, signed_in
from keepwell.journal.models import Entry
from keepwell.outbox.models import Outgoing
from tests import cast

pytestmark = pytest.mark.django_db
HTML = '<p>It is <b>silent</b>.</p><img src="cid:photo@x"><img src="https://canary.invalid/p.gif">'
PIXEL = b"\x89PNG\r\n\x1a\n" + bytes(60)


def reply(author: str = DANA, text: str = "Thank you.", **given) -> InboundMail:
    headers = {"In-Reply-To": Outgoing.objects.earliest("pk").message_id}
    return came_in(letter(author, text, headers=headers, **given))


def page_of(client, case: Case) -> str:
    response = client.get(f"/desk/cases/{case.number}/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_message_says_from_where_it_came_why_it_joined_and_whether_that_is_proven(case, desk):
    reply()
    page = page_of(desk, case)
    assert f"By mail from {DANA}" in page
    assert "It joined this conversation: it came by the answered mail that only its sender was given" in page
    assert "No host that we trust says whether it is from this address." in page
    assert "sender not proven" not in page


def test_a_sender_who_could_not_be_proven_is_marked(case, desk):
    mail = reply(STRANGER, verdict="fail")
    desk.post(f"/desk/mail/{mail.pk}/release/", {"case": case.number})
    assert "sender not proven" in page_of(desk, case)


def test_what_it_quotes_is_behind_a_word_and_not_gone(case, desk):
    reply(text="It works again.\n\nOn Tue, 9 Jun 2026 Maria wrote:\n> Is the cable in?\n> Maria")
    own, _word, quoted = page_of(desk, case).partition("Show what it quotes")
    assert "It works again." in own
    assert "Is the cable in?" not in own
    assert "&gt; Is the cable in?" in quoted


def test_what_was_taken_out_of_a_message_is_in_none_of_its_parts(case, desk):
    mail = reply(text="The password is zanzibara.\n\nOn Tue, Maria wrote:\n> x")
    redact(mail.message, passages=["zanzibara"], by=cast.lea_the_lead())
    page = page_of(desk, case)
    assert "zanzibara" not in page
    assert "The password is" in page


def test_an_unverified_reply_stands_beside_the_case_and_is_let_in_from_there(case, desk):
    mail = reply(STRANGER, "I have it, too.")
    page = page_of(desk, case)
    assert "unverified reply" in page
    assert "I have it, too." in page
    assert "was given to somebody else" in page
    desk.post(f"/desk/mail/{mail.pk}/release/", {"case": case.number})
    page = page_of(desk, case)
    assert "unverified reply" not in page
    assert "A mail that had waited was let in, by Maria Petersen" in page


def test_no_customer_reads_a_reply_that_waits(case):
    reply(STRANGER, "I have it, too.")
    page = signed_in(cast.dana_at_elm_falls()).get(f"/portal/cases/{case.number}/").content.decode()
    assert "I have it, too." not in page


def test_who_does_not_place_cases_reads_it_and_is_offered_nothing(case):
    reply(STRANGER, "I have it, too.")
    page = page_of(signed_in(cast.ines_the_engineer()), case)
    assert "I have it, too." in page
    assert "Let it join" not in page


def test_a_join_is_taken_back_and_both_cases_tell_of_it(case, desk, maria):
    mail = reply(subject="Another thing", text="My other trouble.")
    address = f"/desk/cases/{case.number}/messages/{mail.message_id}/parting/"
    assert address in page_of(desk, case)
    assert mail.why in desk.get(address).content.decode()
    assert desk.post(address).status_code == 302
    mail.refresh_from_db()
    told = f"Maria Petersen moved a mail from case {case.number} to a case of its own, {mail.case.number}"
    old, new = page_of(desk, case), page_of(desk, mail.case)
    assert told in old
    assert told in new
    assert "My other trouble." not in old
    assert "My other trouble." in new
    assert "It belongs elsewhere" not in new
    assert Entry.objects.filter(kind="inbound_mail.parted").count() == 1


def test_a_mail_that_began_its_case_has_no_join_to_take_back(desk):
    mail = came_in(letter())
    address = f"/desk/cases/{mail.case.number}/messages/{mail.message_id}/parting/"
    assert address not in page_of(desk, mail.case)
    assert "did not join a case that was there before" in desk.post(address).content.decode()


def test_the_case_costs_the_same_with_two_mails_and_with_ten(case, desk):
    def come(number: int) -> None:
        reply(text=f"Word {number}.")
        reply(STRANGER, f"Stranger {number}.")

    come(0)
    few = queries_of(desk, f"/desk/cases/{case.number}/")
    for number in range(1, 6):
        come(number)
    assert queries_of(desk, f"/desk/cases/{case.number}/") == few


def framed(client, mail: InboundMail):
    return client.get(f"/desk/mail/{mail.pk}/html/")


def test_the_layout_stands_in_a_frame_with_a_policy_of_its_own(case, desk):
    mail = reply(html=HTML)
    response = framed(desk, mail)
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; img-src 'self';")
    assert "allow-scripts" not in policy
    assert "allow-forms" not in policy
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    page = desk.get(f"/desk/mail/{mail.pk}/look/").content.decode()
    assert 'sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"' in page
    assert f"/desk/mail/{mail.pk}/look/" in page_of(desk, case)


def test_pictures_of_the_mail_come_through_its_message_and_others_not_at_all(case, desk):
    mail = reply(html=HTML, pictures={"photo@x": PIXEL})
    attached = mail.message.attached.get().attachment
    shown = framed(desk, mail).content.decode()
    assert f'<img src="/desk/cases/{case.number}/messages/{mail.message_id}/files/{attached.pk}/">' in shown
    assert "canary" not in shown
    assert "1 picture that lies elsewhere was not loaded." in shown


def test_a_mail_that_waits_shows_its_layout_without_pictures(case, desk):
    mail = reply(STRANGER, html=HTML)
    assert mail.state == MailState.HELD
    assert "<img>" in framed(desk, mail).content.decode()


def test_what_cannot_be_cleaned_within_limits_says_so(case, desk, monkeypatch):
    monkeypatch.setattr("keepwell.channels.email.look.within_limits.LETTERS_AT_MOST", 10)
    assert "too entangled" in framed(desk, reply(html=HTML)).content.decode()


def test_a_mail_without_a_layout_has_no_frame(case, desk):
    mail = reply()
    assert framed(desk, mail).status_code == 404
    assert f"/desk/mail/{mail.pk}/look/" not in page_of(desk, case)
