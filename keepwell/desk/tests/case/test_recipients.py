"""Who gets an answer: shown, chosen, and told once more where it is not who got the mail before it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE
from keepwell.conversations.models import Copy, Draft, Message
from keepwell.conversations.verbs.participating import add_participant, suggest_writer
from keepwell.conversations.verbs.releasing import release
from keepwell.desk.tests.case.scene import answered
from keepwell.desk.tests.case.test_page import queries
from keepwell.desk.tests.case.test_writing import HTMX, TEXT, message
from keepwell.desk.tests.case.test_writing import _hidden as hidden
from keepwell.desk.tests.people import signed_in
from keepwell.outbox.models import Outgoing
from tests import cast

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
CARL, EVE = "carl@elmfalls.example", "eve@builder.example"


def send(desk: Client, case: Case, *, headers: Any = HTMX, **given: Any) -> Any:
    sent = {"body": TEXT, "then": "send", **given}
    return desk.post(f"/desk/cases/{case.number}/replies/", sent, headers=headers)


def read(desk: Client, case: Case) -> str:
    return desk.get(f"/desk/cases/{case.number}/").content.decode()


def test_the_box_says_to_whom_and_where_an_answer_goes(desk, case, maria):
    carl = cast.carl_the_administrator_of_elm_falls().contact
    add_participant(case.conversation, carl, by=maria, at=NINE)
    carl.addresses.update(verified_at=None)
    page = read(desk, case)
    assert "<small>dana@elmfalls.example</small>" in page
    assert "no mail: no address is confirmed" in page


def test_people_of_the_account_are_offered_and_nobody_elses(desk, case):
    cast.carl_the_administrator_of_elm_falls(), cast.nora_of_another_town()
    page = desk.get(f"/desk/cases/{case.number}/replies/known/").content.decode()
    assert f'<option value="{CARL}">Carl Jensen</option>' in page
    assert "nora@" not in page


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_somebody_new_is_told_before_it_leaves_and_sent_again_it_does(desk, case, maria, headers):
    answered(case, maria, "First.", NINE + MINUTE)
    cast.carl_the_administrator_of_elm_falls()
    response = send(desk, case, headers=headers, cc=f"{CARL}, {EVE}")
    page = response.content.decode()
    assert response.status_code == 409
    assert f"<b>Carl Jensen</b> {CARL} was not among those of the last mail." in page
    assert "is at <b>builder.example</b>, which is not the customer" in page
    assert "Please print once more." in page
    assert f'value="{CARL}, {EVE}"' in page
    assert not Message.objects.filter(body=TEXT).exists()
    again = send(desk, case, headers=headers, cc=f"{CARL}, {EVE}", told=hidden(page, "told"))
    assert again.status_code in (200, 302)
    assert [copy.address for copy in message().copies.order_by("pk")] == [CARL, EVE]


def test_told_of_one_it_is_asked_again_for_another(desk, case, maria):
    answered(case, maria, "First.", NINE + MINUTE)
    told = hidden(send(desk, case, cc=CARL).content.decode(), "told")
    assert send(desk, case, cc=EVE, told=told).status_code == 409
    assert not Message.objects.filter(body=TEXT).exists()


def test_somebody_gone_is_told_before_it_leaves(desk, case, maria):
    cast.carl_the_administrator_of_elm_falls()
    told = hidden(send(desk, case, cc=CARL).content.decode(), "told")
    assert send(desk, case, cc=CARL, told=told).status_code == 200
    release(message(), at=NINE + 11 * MINUTE)
    assert f'value="{CARL}"' in read(desk, case)
    page = send(desk, case, body="Next.").content.decode()
    assert f"<b>Carl Jensen</b> {CARL} was among those of the last mail, and gets no mail now." in page


def test_who_gets_what_all_got_is_told_nothing(desk, case, maria):
    answered(case, maria, "First.", NINE + MINUTE)
    assert send(desk, case).status_code == 200


def test_what_is_no_address_is_said_beside_its_field_and_nothing_is_lost(desk, case, maria):
    response = send(desk, case, cc="the builder", bcc=EVE)
    page = response.content.decode()
    assert response.status_code == 422
    assert "&#x27;the builder&#x27; is no mail address." in page
    assert 'value="the builder"' in page
    draft = Draft.objects.get(user=maria)
    assert (draft.body, draft.cc, draft.bcc) == (TEXT, "the builder", EVE)


def test_somebody_who_is_only_suggested_is_refused_in_words_and_nothing_is_lost(desk, case):
    somebody = cast.contact_of_somebody_unknown()
    suggest_writer(case.conversation, somebody.pk, about=(), by=cast.CAST, at=NINE)
    told = hidden(send(desk, case, cc=somebody.email).content.decode(), "told")
    response = send(desk, case, cc=somebody.email, told=told)
    page = response.content.decode()
    assert response.status_code == 422
    assert "is only suggested here" in page
    assert "Please print once more." in page
    assert not Message.objects.filter(body=TEXT).exists()


def test_who_else_is_to_get_it_is_there_after_a_crash(desk, case):
    begun = {"body": "Half a sen", "cc": CARL, "bcc": EVE}
    assert desk.post(f"/desk/cases/{case.number}/drafts/reply/", begun).status_code == 204
    page = read(desk, case)
    assert f'value="{CARL}"' in page
    assert f'value="{EVE}"' in page


def test_looked_at_before_it_is_sent_it_says_who_gets_a_copy(desk, case):
    cast.carl_the_administrator_of_elm_falls()
    page = send(desk, case, then="preview", cc=CARL, bcc=EVE).content.decode()
    assert "Copy to Carl Jensen" in page
    assert f"Blind copy to {EVE}" in page
    assert not Message.objects.filter(body=TEXT).exists()


def test_the_record_says_to_staff_who_got_a_copy_and_to_customers_nothing(desk, case, maria, dana):
    told = hidden(send(desk, case, cc=CARL, bcc=EVE).content.decode(), "told")
    send(desk, case, cc=CARL, bcc=EVE, told=told)
    release(message(), at=NINE + 11 * MINUTE)
    Copy.objects.filter(address=EVE).update(failed_at=NINE)
    page = read(desk, case)
    assert "2 copies, staff only" in page
    assert f"Copy:  {CARL}" in page.replace("Carl Jensen", "")
    assert "Blind copy" in page
    assert "not delivered" in page
    theirs = signed_in(dana).get(f"/portal/cases/{case.number}/").content.decode()
    assert TEXT.partition(".")[0] in theirs
    for secret in (CARL, EVE, "builder"):
        assert secret not in theirs


def test_a_blind_copy_stands_in_no_mail_and_not_in_the_next_answer(desk, case):
    told = hidden(send(desk, case, bcc=EVE).content.decode(), "told")
    send(desk, case, bcc=EVE, told=told)
    release(message(), at=NINE + 11 * MINUTE)
    assert Outgoing.objects.filter(to_address=EVE).exists()
    assert not [mail for mail in Outgoing.objects.all() if EVE.encode() in bytes(mail.raw)]
    assert EVE not in read(desk, case).partition('id="write"')[2]


def test_a_case_costs_the_same_queries_for_ten_copies_and_for_twenty(desk, case, maria):
    def copied(start: int) -> None:
        typed = ", ".join(f"{number}@builder.example" for number in range(start, start + 10))
        told = hidden(send(desk, case, cc=typed).content.decode(), "told")
        assert send(desk, case, cc=typed, told=told, body=f"{TEXT} {start}").status_code == 200

    copied(0)
    ten, _size = queries(desk, case)
    copied(10)
    assert queries(desk, case)[0] == ten
