"""Side threads at the desk: asked, answered, ended, apart from what the customer reads."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from keepwell.cases.tests.elm_falls import NINE, open_for
from keepwell.cases.verbs.merging import merge
from keepwell.channels.email.tests.letters import STRANGER, came_in, letter
from keepwell.desk.tests.people import queries_of, signed_in
from keepwell.outbox.models import Outgoing
from keepwell.side_threads.models import Delivery, SideMessage, SideParty, SideState, SideThread
from keepwell.side_threads.tests.outside import ANSWERED, ASKED, BY, ROSA, SUBJECT, ask, hear
from keepwell.side_threads.verbs.ending import end
from keepwell.side_threads.verbs.failing import fail
from tests import cast

pytestmark = pytest.mark.django_db
FILLED = {"to": ROSA, "name": "Rosa Lind", "subject": SUBJECT, "body": ASKED}


@pytest.fixture
def thread(case, maria):
    return ask(case, maria)


def page_of(case) -> str:
    return f"/desk/cases/{case.number}/"


def side_of(thread: SideThread) -> str:
    return f"{page_of(thread.case)}side-threads/{thread.pk}/"


def read(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_the_case_offers_to_ask_somebody_else_by_button_and_key(desk, case):
    page = read(desk, page_of(case))
    assert f'href="{page_of(case)}side-threads/new/"' in page
    assert 'data-key="o"' in page
    assert "Nobody outside was asked." in page


def test_asking_sends_the_mail_and_the_case_shows_it_apart(desk, case, maria):
    response = desk.post(f"{page_of(case)}side-threads/new/", FILLED)
    assert response.headers["Location"] == page_of(case)
    assert Outgoing.objects.get(to_address=ROSA).subject == SUBJECT
    page = read(desk, page_of(case))
    assert "message-aside" in page
    assert f"side thread “{SUBJECT}”, to Rosa Lind, not to the customer" in page
    assert "Waits for them" in page
    assert f'href="{side_of(SideThread.objects.get())}"' in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"to": ""}, "required"),
        ({"to": "rosa at hosting"}, "is no mail address"),
        ({"to": "dana@elmfalls.example"}, "takes part in this case"),
        ({"to": "maria@vendor.example"}, "is one of us"),
        ({"subject": ""}, "required"),
        ({"body": ""}, "nothing written yet"),
    ],
)
def test_what_is_refused_comes_back_as_it_was_typed(desk, case, wrong, said):
    response = desk.post(f"{page_of(case)}side-threads/new/", {**FILLED, **wrong})
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "Rosa Lind" in page
    assert not SideThread.objects.exists()


def test_a_file_is_chosen_once_however_often_the_rest_is_mended(desk, case, settings, tmp_path):
    settings.VAR = tmp_path
    new = f"{page_of(case)}side-threads/new/"
    log = SimpleUploadedFile("node.log", b"down")
    page = desk.post(new, {**FILLED, "subject": "", "files_of": "token-1", "files": log}).content.decode()
    assert "node.log" in page
    assert 'value="token-1"' in page
    desk.post(new, {**FILLED, "files_of": "token-1"})
    assert [row.attachment.name for row in SideMessage.objects.get().attached.all()] == ["node.log"]


def test_a_file_is_left_out_again(desk, case, settings, tmp_path):
    settings.VAR = tmp_path
    new = f"{page_of(case)}side-threads/new/"
    log = SimpleUploadedFile("node.log", b"down")
    page = desk.post(new, {**FILLED, "subject": "", "files_of": "t", "files": log}).content.decode()
    pk = page.partition('name="leave_out" value="')[2].partition('"')[0]
    response = desk.post(new, {**FILLED, "files_of": "t", "leave_out": pk})
    assert (response.status_code, "node.log" in response.content.decode()) == (422, False)
    desk.post(new, {**FILLED, "files_of": "t"})
    assert SideMessage.objects.get().attached.count() == 0


def test_its_page_shows_all_of_it_and_takes_the_next_word(desk, thread):
    hear(thread)
    page = read(desk, side_of(thread))
    assert ASKED in page
    assert ANSWERED in page
    assert "They answered" in page
    response = desk.post(f"{side_of(thread)}answers/", {"body": "Thank you.", "seen_through": 0})
    assert response.headers["Location"] == side_of(thread)
    thread.refresh_from_db()
    assert (thread.state, thread.messages.count()) == (SideState.WAITING, 3)


def test_writing_past_an_answer_comes_back_with_the_text(desk, thread):
    read_through = thread.messages.get().pk
    hear(thread)
    response = desk.post(f"{side_of(thread)}answers/", {"body": "Well?", "seen_through": read_through})
    page = response.content.decode()
    assert response.status_code == 422
    assert "new message came" in page
    assert "Well?" in page
    assert thread.messages.count() == 2


def test_it_is_ended_and_opened_again(desk, thread):
    desk.post(f"{side_of(thread)}end/")
    page = read(desk, side_of(thread))
    assert "Open it again" in page
    assert 'id="side-write"' not in page
    assert "A side thread ended, by Maria Petersen" in read(desk, page_of(thread.case))
    desk.post(f"{side_of(thread)}reopening/")
    assert 'id="side-write"' in read(desk, side_of(thread))


def test_an_answer_stands_at_its_place_in_time_and_says_who_reads_it(desk, thread):
    hear(thread, address="joe@hosting.example")
    page = read(desk, page_of(thread.case))
    assert page.index(ASKED) < page.index(ANSWERED)
    assert "the customer does not see it" in page
    assert "writer not confirmed" in page


def test_signs_in_what_they_write_mean_nothing(desk, thread):
    hear(thread, "**bold** <script>alert(1)</script>")
    for address in (page_of(thread.case), side_of(thread)):
        page = read(desk, address)
        assert "**bold** &lt;script&gt;" in page
        assert "<script>alert" not in page


def test_what_did_not_arrive_says_whom_it_did_not_reach(desk, thread):
    fail(Delivery.objects.get(), by=BY)
    for address in (page_of(thread.case), side_of(thread)):
        page = read(desk, address)
        assert "not delivered" in page
        assert f"It did not reach {ROSA}" in page
    assert "The customer can read it in the portal" not in read(desk, page_of(thread.case))


def test_an_answer_that_waits_is_let_into_the_side_thread_from_the_case(desk, thread, settings):
    sent = Outgoing.objects.get(to_address=ROSA)
    mail = came_in(letter(STRANGER, "I run it now.", headers={"In-Reply-To": sent.message_id}))
    for address in (page_of(thread.case), side_of(thread)):
        page = read(desk, address)
        assert "I run it now." in page
        assert "Let it into the side thread" in page
        assert "Let it join" not in page
    beside = read(desk, f"/desk/mail/{mail.pk}/")
    assert "Let it into the side thread" in beside
    assert "Make it a new case" not in beside
    desk.post(f"/desk/mail/{mail.pk}/release/", {"case": thread.case.number})
    mail.refresh_from_db()
    assert mail.message is None
    response = desk.post(f"/desk/mail/{mail.pk}/side-release/")
    assert response.headers["Location"] == side_of(thread)
    assert thread.messages.get(direction="in").body == "I run it now."


def test_a_merged_case_leads_to_the_side_thread_where_it_stands_now(desk, thread, case, maria, dana):
    other = open_for(dana, at=NINE)
    merge(case, other, by=maria)
    response = desk.get(side_of(SideThread(pk=thread.pk, case=case)))
    thread.refresh_from_db()
    assert response.headers["Location"] == side_of(thread)
    assert ASKED in read(desk, page_of(other))


def test_words_are_taken_out_by_whoever_may(thread):
    lead = signed_in(cast.lea_the_lead())
    message = thread.messages.get()
    address = f"{side_of(thread)}messages/{message.pk}/redaction/"
    assert f'href="{address}"' in read(lead, side_of(thread))
    assert "data-keep=" not in read(lead, address)
    lead.post(address, {"passages": "node 4"})
    message.refresh_from_db()
    assert "node 4" not in message.body
    assert "words removed" in read(lead, side_of(thread))


def test_an_administrator_forgets_whoever_was_asked(thread, desk):
    hear(thread)
    party = thread.parties.get()
    address = f"{side_of(thread)}people/{party.pk}/erasure/"
    assert address not in read(desk, side_of(thread))
    ada = signed_in(cast.ada_the_administrator())
    assert address in read(ada, side_of(thread))
    ada.post(address)
    assert not SideParty.objects.exclude(address="").exists()
    page = read(ada, side_of(thread))
    assert ANSWERED not in page
    assert "Erased person" in page


def test_a_case_without_side_threads_costs_no_query_for_them_and_many_as_many_as_one(case, maria, dana):
    reader = cast.lea_the_lead()
    without = queries_of(signed_in(reader), page_of(case))
    one = ask(case, maria)
    hear(one)
    with_one = queries_of(signed_in(reader), page_of(case))
    for number in range(4):
        hear(ask(case, maria, subject=f"Number {number}"))
    assert queries_of(signed_in(reader), page_of(case)) == with_one
    assert with_one - without <= 5


def test_what_ended_says_so_in_the_list(desk, thread, maria):
    end(thread, by=maria)
    panel = read(desk, f"{page_of(thread.case)}panels/side-threads/")
    assert "Ended" in panel
    assert SUBJECT in panel
