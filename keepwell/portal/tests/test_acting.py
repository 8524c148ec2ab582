"""What a customer does with a case, and that nothing typed is lost when it is refused."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import DAY, NINE, SOLVED, answer, kinds, now, open_for
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.withdrawing import withdraw_for_customer
from keepwell.conversations.models import Draft, Message, MessageAttachment, Participant
from keepwell.customers.verbs.deploying import add_deployment
from keepwell.files.models import Attachment
from keepwell.portal.case_page import lines
from tests import cast
from tests.statements import assert_costs_at_most

VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
WORDS = "It still prints blank pages."


def page_of(case: Case) -> str:
    return f"/portal/cases/{case.number}/"


def token_on(page: str) -> str:
    return re.search(r'name="files_of" value="([^"]+)"', page)[1]


def sent(client, case, body=WORDS, **more):
    return client.post(f"{page_of(case)}messages/", {"body": body, "files_of": "a-token", **more})


def solved(case: Case, maria) -> Case:
    answer(case, maria, NINE)
    return resolve(now(case), SOLVED, by=maria, at=NINE)


def test_an_answer_is_there_for_staff_and_on_the_page(case, dana, signed_in):
    client = signed_in(dana)
    assert sent(client, case)["Location"] == page_of(case)
    assert WORDS in client.get(page_of(case)).content.decode()
    message = Message.objects.latest("pk")
    assert (message.channel, message.author_contact) == ("portal", dana.contact)


def test_without_leaving_the_page_the_box_comes_back_empty(case, dana, signed_in):
    client = signed_in(dana)
    headers = {"HX-Request": "true"}
    answered = client.post(f"{page_of(case)}messages/", {"body": WORDS, "files_of": "t"}, headers=headers)
    assert answered.status_code == 200
    assert WORDS not in answered.content.decode()
    assert "caseChanged" in answered["HX-Trigger"]
    assert not Draft.objects.exists()


def seen_on(page: str) -> str:
    return re.search(r'name="seen_through" value="(\d+)"', page)[1]


def test_sent_twice_from_one_page_the_words_are_kept_once(case, dana, signed_in):
    client = signed_in(dana)
    seen = seen_on(client.get(page_of(case)).content.decode())
    for _time in range(2):
        files = [SimpleUploadedFile("log.txt", b"line")]
        assert sent(client, case, seen_through=seen, files=files).status_code == 302
    assert Message.objects.filter(body=WORDS).count() == 1
    assert (
        sent(client, case, seen_through=seen_on(client.get(page_of(case)).content.decode())).status_code
        == 302
    )
    assert Message.objects.filter(body=WORDS).count() == 2


def test_sent_twice_after_the_window_it_is_one_new_case(case, dana, maria, signed_in, clock_at):
    solved(case, maria)
    clock_at(NINE + 30 * DAY)
    client = signed_in(dana)
    seen = seen_on(client.get(page_of(case)).content.decode())
    ways = {sent(client, case, seen_through=seen)["Location"] for _time in range(2)}
    assert len(ways) == 1
    assert Case.objects.filter(follow_up_of=case).count() == 1


def test_files_go_with_an_answer(case, dana, signed_in):
    files = [SimpleUploadedFile("log.txt", b"line"), SimpleUploadedFile("more.txt", b"more")]
    sent(signed_in(dana), case, files=files)
    assert MessageAttachment.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "content"), [("virus.txt", VIRUS), ("empty.txt", b""), ("run.exe", b"MZ\x90\0")]
)
def test_a_refused_file_is_named_and_the_words_come_back(case, dana, signed_in, name, content):
    answered = sent(signed_in(dana), case, files=[SimpleUploadedFile(name, content)])
    page = answered.content.decode()
    assert answered.status_code == 422
    assert name in page
    assert WORDS in page
    assert Message.objects.count() == 1


def test_a_good_file_beside_a_refused_one_is_kept_and_can_be_left_out(case, dana, signed_in):
    client = signed_in(dana)
    files = [SimpleUploadedFile("log.txt", b"line"), SimpleUploadedFile("run.exe", b"MZ\x90\0")]
    page = sent(client, case, files=files).content.decode()
    assert token_on(page) == "a-token"
    assert "log.txt" in page
    kept = Attachment.objects.get()
    page = sent(client, case, leave_out=kept.pk).content.decode()
    assert "log.txt" not in page
    assert WORDS in page
    assert not Attachment.objects.exists()
    assert Message.objects.count() == 1


def test_files_chosen_by_one_cannot_be_sent_by_another(case, dana, carl, signed_in):
    sent(
        signed_in(dana),
        case,
        body="",
        files=[SimpleUploadedFile("run.exe", b"MZ\x90\0"), SimpleUploadedFile("log.txt", b"l")],
    )
    sent(signed_in(carl), case)
    assert not MessageAttachment.objects.exists()


def test_nothing_written_is_said_so(case, dana, signed_in):
    answered = sent(signed_in(dana), case, body="  ")
    assert answered.status_code == 422
    assert "nothing written yet" in answered.content.decode()


def test_too_many_words_come_back(case, dana, signed_in):
    body = "x" * 20_001
    answered = sent(signed_in(dana), case, body=body)
    assert answered.status_code == 422
    assert body in answered.content.decode()


def test_what_is_begun_is_kept_and_stands_in_the_box(case, dana, carl, signed_in):
    client = signed_in(dana)
    assert client.post(f"{page_of(case)}draft/", {"body": "Half a sent"}).status_code == 204
    assert "Half a sent" in client.get(page_of(case)).content.decode()
    assert "Half a sent" not in signed_in(carl).get(page_of(case)).content.decode()


def test_it_works_now(case, dana, maria, signed_in):
    solved(case, maria)
    client = signed_in(dana)
    assert "It works now, close it" in client.get(page_of(case)).content.decode()
    client.post(f"{page_of(case)}closure/")
    assert now(case).state == "closed"


def test_it_does_not_work_and_is_reopened(case, dana, maria, signed_in):
    solved(case, maria)
    signed_in(dana).post(f"{page_of(case)}reopening/")
    assert now(case).state == "open"


def test_writing_again_within_the_window_reopens(case, dana, maria, signed_in):
    solved(case, maria)
    sent(signed_in(dana), case)
    assert now(case).state == "open"


def test_after_the_window_it_is_a_new_case_and_that_is_said(case, dana, maria, signed_in, clock_at):
    solved(case, maria)
    clock_at(NINE + 60 * DAY)
    client = signed_in(dana)
    assert "reopen it" not in client.get(page_of(case)).content.decode()
    answered = client.post(f"{page_of(case)}messages/", {"body": WORDS, "files_of": "t"}, follow=True)
    new = Case.objects.get(follow_up_of=case)
    page = answered.content.decode()
    assert answered.redirect_chain[-1][0] == page_of(new)
    assert "ended too long ago" in page
    assert WORDS in page
    assert f"It follows case {case.number}" in page


def test_an_act_that_came_too_late_says_why_and_changes_nothing(case, dana, maria, signed_in, clock_at):
    client = signed_in(dana)
    page = client.post(f"{page_of(case)}closure/", follow=True).content.decode()
    assert "cannot be closed" in page
    solved(case, maria)
    clock_at(NINE + 60 * DAY)
    page = client.post(f"{page_of(case)}reopening/", follow=True).content.decode()
    assert "ended too long ago" in page
    assert now(case).state == "resolved"


def test_nothing_is_needed_any_more(case, dana, signed_in):
    signed_in(dana).post(f"{page_of(case)}withdrawal/")
    assert "case.withdrawn" in kinds(case)


def test_what_was_entered_in_his_name_the_customer_reads_and_may_take_back(signed_in, dana, case, maria):
    withdraw_for_customer(case, "Dana called: wish-of-the-customer", by=maria)
    page = signed_in(dana).get(page_of(case)).content.decode()
    assert "Closed by us: we were told that you need nothing any more" in page
    assert "wish-of-the-customer" not in page
    signed_in(dana).post(f"{page_of(case)}reopening/")
    assert kinds(case)[-1] == "case.reopened"


def test_private_and_shared_again(case, dana, carl, signed_in):
    client = signed_in(dana)
    client.post(f"{page_of(case)}privacy/", {"private": "yes"})
    assert now(case).is_private
    client.post(f"{page_of(case)}privacy/")
    assert not now(case).is_private
    assert signed_in(carl).post(f"{page_of(case)}privacy/", {"private": "yes"}).status_code == 403


def test_a_colleague_takes_part_and_goes_again(case, dana, signed_in):
    carl = cast.carl_the_administrator_of_elm_falls()
    client = signed_in(dana)
    client.post(f"{page_of(case)}participants/", {"email": "CARL@elmfalls.example"})
    assert Participant.objects.get(contact=carl.contact).takes_part
    client.post(f"{page_of(case)}participants/{carl.contact.pk}/removal/")
    assert not Participant.objects.get(contact=carl.contact).takes_part


@pytest.mark.parametrize("email", ["nora@anothertown.example", "nobody@nowhere.example"])
def test_nobody_of_another_account_is_added_and_nothing_is_learned(case, dana, nora, signed_in, email):
    answered = signed_in(dana).post(f"{page_of(case)}participants/", {"email": email})
    assert answered.status_code == 422
    assert "We know nobody of your organisation" in answered.content.decode()
    assert Participant.objects.count() == 1


def test_who_wrote_without_taking_part_is_let_in_by_the_opener(case, dana, carl, signed_in):
    sent(signed_in(carl), case)
    client = signed_in(dana)
    assert "does not read along yet" in client.get(page_of(case)).content.decode()
    client.post(f"{page_of(case)}participants/{carl.contact.pk}/confirmation/")
    assert Participant.objects.get(contact=carl.contact).takes_part


def test_an_unknown_participant_is_404(case, dana, nora, signed_in):
    where = f"{page_of(case)}participants/{nora.contact.pk}/confirmation/"
    assert signed_in(dana).post(where).status_code == 404


def test_a_new_case_with_an_installation_and_files(dana, signed_in):
    runs = add_deployment(cast.elm_falls(), cast.roadworks(), by=cast.CAST)
    client = signed_in(dana)
    page = client.get("/portal/cases/new/").content.decode()
    assert "Roadworks, Production" in page
    assert page.count("A person answers") == 3
    form = filled(page, deployment=runs.pk, files=[SimpleUploadedFile("log.txt", b"line")])
    answered = client.post("/portal/cases/new/", form)
    case = Case.objects.get()
    assert answered["Location"] == page_of(case)
    assert (case.deployment, case.contact, case.is_verified_sender) == (runs, dana.contact, True)
    assert MessageAttachment.objects.count() == 1
    client.post("/portal/cases/new/", {**form, "files": []})
    assert Case.objects.count() == 1


def test_a_new_case_costs_few_statements_and_one_transaction(dana, signed_in):
    # 28: session, person, roles, and twice who he is there; form locked and looked up, files, account;
    # seven rows and four entries written, the first words noted on the case; guidelines and standing read for
    # the clocks; one telling; who has to be told of it.
    client = signed_in(dana)
    first, second = (filled(client.get("/portal/cases/new/").content.decode()) for _each in range(2))
    client.post("/portal/cases/new/", first)
    assert_costs_at_most(28, 2, lambda: client.post("/portal/cases/new/", second))


def test_a_new_case_to_be_mended_comes_back_with_every_word(dana, signed_in):
    client = signed_in(dana)
    form = filled(client.get("/portal/cases/new/").content.decode(), subject="")
    answered = client.post("/portal/cases/new/", {**form, "files": [SimpleUploadedFile("log.txt", b"line")]})
    page = answered.content.decode()
    assert answered.status_code == 422
    assert WORDS in page
    assert "log.txt" in page
    assert not Case.objects.exists()


def test_another_accounts_installation_cannot_be_named(dana, signed_in):
    theirs = add_deployment(cast.another_town(), cast.roadworks(), by=cast.CAST)
    client = signed_in(dana)
    page = client.get("/portal/cases/new/").content.decode()
    assert client.post("/portal/cases/new/", filled(page, deployment=theirs.pk)).status_code == 422
    assert not Case.objects.exists()


def filled(page: str, **more):
    hidden = dict(re.findall(r'name="(key|files_of)" value="([^"]*)"', page))
    return {**hidden, "severity": "high", "subject": "Nothing prints", "body": WORDS, **more}


def test_one_sets_his_name_zone_and_language(dana, case, signed_in):
    client = signed_in(dana)
    client.post("/portal/me/", {"name": "Dana H.", "time_zone": "Pacific/Honolulu", "locale": ""})
    dana.refresh_from_db()
    assert (dana.name, dana.time_zone) == ("Dana H.", "Pacific/Honolulu")
    assert "Dana H." in client.get(page_of(case)).content.decode()
    assert client.post("/portal/me/", {"name": "", "time_zone": ""}).status_code == 422


def test_who_follows_by_a_code_can_answer(case, dana, following):
    client = following(case, dana.contact)
    assert sent(client, case)["Location"] == page_of(case)
    message = Message.objects.latest("pk")
    assert (message.author_contact, message.author_user) == (dana.contact, None)


def test_who_follows_a_case_that_is_over_gets_a_code_for_the_new_one(case, dana, maria, following, clock_at):
    solved(case, maria)
    clock_at(NINE + 60 * DAY)
    answered = sent(following(case, dana.contact), case)
    new = Case.objects.get(follow_up_of=case)
    assert answered["Location"] == f"/follow/{new.number}/"
    assert new.follow_codes.count() == 1


def test_a_long_case_is_read_page_by_page(dana, signed_in, maria, monkeypatch):
    monkeypatch.setattr(lines, "AT_ONCE", 3)
    case = open_for(dana)
    for number in range(4):
        answer(case, maria, NINE + timedelta(minutes=number + 1))
    client = signed_in(dana)
    page = client.get(page_of(case)).content.decode()
    assert "The printer is silent since Monday." not in page
    before = re.search(r'href="([^"]+before=[^"]+)"', page)[1]
    earlier = client.get(before).content.decode()
    assert "The printer is silent since Monday." in earlier
    assert "To the newest" in earlier
    assert client.get(f"{page_of(case)}?before=nonsense").status_code == 404
