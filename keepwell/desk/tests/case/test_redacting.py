"""Words that should never have been written are taken out where they stand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwell.cases.tests.elm_falls import NINE, open_for
from keepwell.cases.verbs.merging import merge
from keepwell.cases.verbs.noting import add_note
from keepwell.conversations.models import Message, Note
from keepwell.conversations.tests.elm_falls import file_of
from keepwell.conversations.verbs.receiving import receive
from keepwell.conversations.words import Words
from keepwell.desk.tests.case.scene import answered
from keepwell.desk.tests.people import signed_in
from tests import cast

pytestmark = pytest.mark.django_db
SECRET = "hunter2"
LINK = "Remove words</a>"


@pytest.fixture
def lead():
    """Lea, who may take words out, at her desk."""
    return signed_in(cast.lea_the_lead())


@pytest.fixture
def said(case, maria):
    return answered(case, maria, f"Sign in with\n{SECRET} <b>, please.", NINE)


@pytest.fixture
def noted(case, maria):
    return add_note(case, Words(body=f"It is {SECRET}."), by=maria, at=NINE + timedelta(minutes=1))


def page_of(case) -> str:
    return f"/desk/cases/{case.number}/"


def address_of(case, one: Message | Note) -> str:
    return f"{page_of(case)}{'notes' if isinstance(one, Note) else 'messages'}/{one.pk}/redaction/"


def test_each_message_and_note_with_text_leads_there_for_whoever_may(lead, desk, case, said, noted):
    page = lead.get(page_of(case)).content.decode()
    assert page.count(LINK) == 3
    assert f'href="{address_of(case, said)}"' in page
    assert f'href="{address_of(case, noted)}"' in page
    assert LINK not in desk.get(page_of(case)).content.decode()


def test_its_page_shows_the_text_as_it_stands_and_what_will_happen(lead, case, said):
    page = lead.get(address_of(case, said)).content.decode()
    assert f"<pre>Sign in with\n{SECRET} &lt;b&gt;, please.</pre>" in page
    assert "gone for good" in page


def test_what_is_typed_there_is_not_kept_by_the_browser(lead, case, said):
    assert "data-keep=" not in lead.get(address_of(case, said)).content.decode()


def test_passages_go_and_one_comes_back_to_the_message(lead, case, said):
    response = lead.post(address_of(case, said), {"passages": f" {SECRET} \r\n\r\nSign in"})
    assert response.headers["Location"] == f"{page_of(case)}#message-{said.pk}"
    said.refresh_from_db()
    assert said.body == "█████ with\n█████ <b>, please."
    page = lead.get(page_of(case)).content.decode()
    assert "Removed for good." in page
    assert f'id="message-{said.pk}"' in page


def test_a_whole_note_goes_and_then_nothing_is_left_to_remove(lead, case, noted):
    response = lead.post(address_of(case, noted), {"whole": "on"})
    noted.refresh_from_db()
    assert noted.body == ""
    page = lead.get(page_of(case)).content.decode()
    place = response.headers["Location"].partition("#")[2]
    assert f'id="{place}"' in page
    assert "This text was removed." in page
    assert address_of(case, noted) not in page


def test_a_message_of_files_alone_leads_there_too(lead, case, dana):
    message = receive(
        case.conversation, Words(body="", channel="portal", attachments=(file_of(dana),)), by=dana
    )
    assert address_of(case, message) in lead.get(page_of(case)).content.decode()
    lead.post(address_of(case, message), {"whole": "on"})
    assert message.attached.count() == 0


def test_words_that_do_not_stand_there_are_refused_and_stay_typed(lead, case, said):
    response = lead.post(address_of(case, said), {"passages": f"{SECRET}\nhunter3"})
    page = response.content.decode()
    assert response.status_code == 422
    assert "do not stand in this text" in page
    assert "hunter3</textarea>" in page
    assert SECRET in Message.objects.get(pk=said.pk).body


@pytest.mark.parametrize("given", [{}, {"passages": " \n"}, {"passages": SECRET, "whole": "on"}])
def test_the_whole_text_goes_only_where_that_alone_was_chosen(lead, case, said, given):
    response = lead.post(address_of(case, said), given)
    assert response.status_code == 422
    assert "Either write what to remove" in response.content.decode()
    assert SECRET in Message.objects.get(pk=said.pk).body


def test_what_was_said_in_a_merged_case_is_reached_from_the_one_that_stays(lead, case, dana, maria, said):
    stays = open_for(dana, at=NINE)
    assert lead.get(address_of(stays, said)).status_code == 404
    merge(case, stays, by=maria)
    assert address_of(stays, said) in lead.get(page_of(stays)).content.decode()
    assert lead.get(address_of(stays, said)).status_code == 200


def test_a_note_of_another_case_is_not_found(lead, dana, noted):
    other = open_for(dana, at=NINE)
    assert lead.post(address_of(other, noted), {"whole": "on"}).status_code == 404
    assert SECRET in Note.objects.get(pk=noted.pk).body


def test_who_may_not_is_refused_and_nothing_is_changed(desk, case, said, noted):
    for one in (said, noted):
        assert desk.post(address_of(case, one), {"whole": "on"}).status_code == 403
    assert SECRET in Message.objects.get(pk=said.pk).body
