"""Mail that needs attention, at the desk: seen, understood, let in."""

from __future__ import annotations

import pytest

from keepwell.channels.email.tests.letters import DANA, STRANGER, came_in, letter
from keepwell.channels.models import InboundMail, MailState
from keepwell.desk import house
from keepwell.desk.tests.people import queries_of, signed_in
from keepwell.outbox.models import Outgoing
from tests import cast

pytestmark = pytest.mark.django_db
LIST = "/desk/mail/"


def held(subject: str = "Not mine", **given) -> InboundMail:
    """A stranger answers the mail that Dana got."""
    headers = {"In-Reply-To": Outgoing.objects.earliest("pk").message_id}
    return came_in(letter(STRANGER, subject=subject, headers=headers, **given))


def text_of(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_what_waits_is_listed_with_its_state_and_why(case, desk):
    held()
    page = text_of(desk, LIST)
    assert "Not mine" in page
    assert "Unverified reply" in page
    assert "that was given to somebody else" in page
    assert f"beside case {case.number}" in page
    assert STRANGER in page


def test_how_many_wait_stands_in_the_rail(case, desk):
    assert 'class="count"' not in text_of(desk, LIST)
    held()
    house.look_again()
    assert '<span class="count">1</span>' in text_of(desk, LIST)


def test_what_machines_wrote_is_out_of_the_way_and_can_be_looked_at(desk):
    came_in(letter(subject="Away until Monday", headers={"Auto-Submitted": "auto-replied"}))
    assert "Away until Monday" not in text_of(desk, LIST)
    assert "Away until Monday" in text_of(desk, f"{LIST}?state=parked")


def test_the_list_costs_the_same_with_ten_mails_and_with_twenty(case, desk):
    for number in range(10):
        held(f"Mail {number}")
    ten = queries_of(desk, LIST)
    for number in range(10, 20):
        held(f"Mail {number}")
    assert queries_of(desk, LIST) == ten


def test_a_mail_shows_what_it_says_sign_by_sign_and_how_far_its_sender_is_proven(case, desk):
    mail = held(text="**Bold** <script>alert(1)</script>", files={"log.txt": b"dead"})
    page = text_of(desk, f"{LIST}{mail.pk}/")
    assert "**Bold** &lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "No host that we trust says whether it is from this address." in page
    assert "log.txt" in page
    assert f"Let it join case {case.number}" in page


def test_its_original_is_saved_byte_for_byte_and_never_shown(case, desk):
    mail = held()
    response = desk.get(f"{LIST}{mail.pk}/original/")
    assert response.content == bytes(mail.raw.content)
    assert response.headers["Content-Disposition"] == f'attachment; filename="mail-{mail.pk}.eml"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_a_large_original_is_saved_too(desk):
    mail = came_in(letter(files={"large.bin": bytes(400_000)}))
    assert mail.raw.file_id
    response = desk.get(f"{LIST}{mail.pk}/original/")
    assert len(b"".join(response.streaming_content)) == mail.raw.size
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_letting_it_in_leads_to_the_message_in_its_case(case, desk):
    mail = held(text="My own words.")
    response = desk.post(f"{LIST}{mail.pk}/release/", {"case": case.number})
    mail.refresh_from_db()
    assert response.headers["Location"] == f"/desk/cases/{case.number}/#message-{mail.message_id}"
    page = text_of(desk, f"/desk/cases/{case.number}/")
    assert "My own words." in page
    assert f"The mail stands in case {case.number} now." in page


def test_it_becomes_a_case_of_its_own_where_no_case_is_named(case, desk):
    mail = held()
    desk.post(f"{LIST}{mail.pk}/release/", {"case": ""})
    mail.refresh_from_db()
    assert mail.case not in (None, case)


@pytest.mark.parametrize("number", ["999999", "none", "-1", "9" * 30])
def test_a_number_that_is_no_case_changes_nothing_and_says_so(case, desk, number):
    mail = held()
    response = desk.post(f"{LIST}{mail.pk}/release/", {"case": number}, follow=True)
    assert "There is no case of that number." in response.content.decode()
    assert InboundMail.objects.get(pk=mail.pk).state == MailState.HELD


def test_an_act_that_came_too_late_says_so(case, desk):
    mail = held()
    for _twice in range(2):
        response = desk.post(f"{LIST}{mail.pk}/release/", {"case": case.number}, follow=True)
    assert "This mail does not wait any more." in response.content.decode()


@pytest.mark.parametrize(
    ("act", "who", "state"),
    [("retry", "maria", "received"), ("spam", "maria", "spam"), ("removal", "lea", "held")],
)
def test_it_is_tried_anew_marked_or_forgotten_and_leaves_the_list(case, act, who, state):
    desk = signed_in({"maria": cast.maria_the_specialist, "lea": cast.lea_the_lead}[who]())
    mail = held()
    assert desk.post(f"{LIST}{mail.pk}/{act}/").headers["Location"] == LIST
    assert InboundMail.objects.get(pk=mail.pk).state == state
    assert not InboundMail.objects.needing_attention().exists()


def test_a_specialist_is_not_offered_to_forget(case, desk):
    mail = held()
    assert "Forget it" not in text_of(desk, f"{LIST}{mail.pk}/")
    assert "Forget it" in text_of(signed_in(cast.lea_the_lead()), f"{LIST}{mail.pk}/")


def test_a_forgotten_mail_has_nothing_to_show_or_to_save(case, desk):
    mail = held(text="My own words.")
    signed_in(cast.lea_the_lead()).post(f"{LIST}{mail.pk}/removal/")
    page = text_of(desk, f"{LIST}{mail.pk}/")
    assert "What it said was forgotten." in page
    assert "My own words." not in page
    assert desk.get(f"{LIST}{mail.pk}/original/").status_code == 404


def test_signs_in_a_mail_mean_nothing_at_the_desk_and_in_the_portal(case, desk):
    dana = cast.dana_at_elm_falls()
    mail = came_in(
        letter(
            DANA,
            "# Not a heading\n**stars**",
            headers={"In-Reply-To": Outgoing.objects.earliest("pk").message_id},
        )
    )
    assert mail.state == MailState.PLACED
    for client, address in ((desk, "/desk/cases/"), (signed_in(dana), "/portal/cases/")):
        assert "# Not a heading\n**stars**" in text_of(client, f"{address}{case.number}/")
    assert "**stars**" in text_of(desk, f"/desk/cases/{case.number}/preview/")
