"""What somebody sends by the form becomes a case, once, and can be followed by whoever has the mail."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from keepwell.cases.models import Case
from keepwell.channels.form.codes import LASTS_FOR, TRIES, plain
from keepwell.channels.form.verbs.following import WrongCode, follow, send_code, try_to_follow
from keepwell.channels.form.verbs.submitting import BY, Submitted, submit
from keepwell.channels.models import FollowCode
from keepwell.channels.queries import address_to_follow
from keepwell.conversations.models import Participant
from keepwell.conversations.verbs.participating import add_participant, remove_participant
from keepwell.customers.models import Contact, ContactAddress
from keepwell.customers.queries import contact_of
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.merging import merge_contacts
from keepwell.files.drafts import Draft
from keepwell.journal.models import Entry
from keepwell.kit import clock
from keepwell.outbox.models import Outgoing
from tests import cast

pytestmark = pytest.mark.django_db
BODY = "Since this morning nothing can be saved, says the canary."


@pytest.fixture(autouse=True)
def promised():
    cast.the_guidelines()


def sent(email="lee@unknown.example", **other) -> Submitted:
    given = {
        "key": uuid.uuid4(),
        "subject": "Nothing can be saved",
        "body": BODY,
        "severity": "high",
        "situation": "Nobody can work",
        "draft": Draft(token="t", holder="session:s"),
        "name": "Lee",
        "email": email,
    }
    return Submitted(**{**given, **other})


def mailed_code() -> str:
    raw = bytes(Outgoing.objects.latest("pk").raw).decode()
    return plain(re.search(r"\*\*([A-Z0-9]{4} [A-Z0-9]{4})\*\*", raw)[1])


def test_a_visitor_nobody_knows_has_a_case_whose_sender_is_unverified():
    case = submit(sent(), by=None)
    assert (case.severity, case.channel, case.account, case.is_verified_sender) == (
        "high",
        "form",
        None,
        False,
    )
    assert case.contact.name == "Lee"


def test_an_address_we_know_is_that_contacts_but_not_yet_proven():
    dana = cast.dana_at_elm_falls()
    case = submit(sent("Dana@ElmFalls.example"), by=None)
    assert case.contact == contact_of(dana)
    assert not case.is_verified_sender
    carl = cast.carl_the_administrator_of_elm_falls()
    assert case not in Case.objects.visible_to(carl)


def test_somebody_signed_in_is_known_and_gets_no_code():
    dana = cast.dana_at_elm_falls()
    case = submit(sent(""), by=dana)
    assert case.is_verified_sender
    assert not FollowCode.objects.exists()


def test_the_same_form_sent_twice_is_one_case():
    form = sent()
    assert submit(form, by=None) == submit(form, by=None)
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_is_one_case():
    form = sent()

    def send(_number):
        try:
            return submit(form, by=None).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(send, range(2))
    assert first == second
    assert Case.objects.count() == 1


def test_the_mail_holds_a_code_and_not_a_word_of_the_sender():
    submit(sent(), by=None)
    raw = bytes(Outgoing.objects.get().raw).decode()
    assert len(mailed_code()) == 8
    assert "canary" not in raw
    assert "Nothing can be saved" not in raw
    assert "Lee" not in raw


def test_the_code_confirms_the_address_and_the_sender_once():
    case = submit(sent(), by=None)
    code = mailed_code()
    assert follow(case, code.lower()) == case.contact
    case.refresh_from_db()
    assert case.is_verified_sender
    assert ContactAddress.objects.get().verified_at
    with pytest.raises(WrongCode):
        follow(case, code)


def test_a_wrong_code_is_counted_and_after_five_the_right_one_is_refused():
    case = submit(sent(), by=None)
    code = mailed_code()
    for _number in range(TRIES):
        with pytest.raises(WrongCode):
            try_to_follow(case, "WRONG234")
    assert FollowCode.objects.get().tries == TRIES
    with pytest.raises(WrongCode):
        try_to_follow(case, code)
    assert Entry.objects.filter(kind="follow_code.refused").count() == TRIES + 1


def test_a_code_is_good_for_a_day():
    at = clock.now()
    case = submit(sent(), by=None, at=at)
    with pytest.raises(WrongCode):
        follow(case, mailed_code(), at=at + LASTS_FOR)
    assert follow(case, mailed_code(), at=at + LASTS_FOR - timedelta(seconds=1))


def test_a_new_code_ends_the_earlier_one():
    case = submit(sent(), by=None)
    earlier = mailed_code()
    later = clock.now() + timedelta(hours=1)
    send_code(case, case.contact.addresses.get(), by=BY, at=later)
    with pytest.raises(WrongCode):
        follow(case, earlier, at=later)
    assert follow(case, mailed_code(), at=later)


def test_the_code_of_one_case_opens_no_other():
    first = submit(sent(), by=None)
    code = mailed_code()
    second = submit(sent("other@unknown.example", name="Other"), by=None)
    with pytest.raises(WrongCode):
        follow(second, code)
    assert follow(first, code)


def test_nothing_is_left_of_a_form_that_is_refused():
    with pytest.raises(ValueError, match="subject|Subject"):
        submit(sent(subject="  "), by=None)
    assert not Case.objects.exists()
    assert not Contact.objects.exists()
    assert not Outgoing.objects.exists()


def test_a_code_is_kept_only_as_a_seal_that_another_secret_does_not_open(settings):
    case = submit(sent(), by=None)
    code = mailed_code()
    assert code not in FollowCode.objects.get().code_hash
    secret, settings.SECRET_KEY = settings.SECRET_KEY, "another installation's secret"
    with pytest.raises(WrongCode):
        follow(case, code)
    settings.SECRET_KEY = secret
    assert follow(case, code)


def test_a_seal_taken_from_one_case_is_worth_nothing_at_another():
    first = submit(sent(), by=None)
    code = mailed_code()
    second = submit(sent(), by=None)
    seal = FollowCode.objects.get(case=first).code_hash
    FollowCode.objects.filter(case=second).update(code_hash=seal)
    with pytest.raises(WrongCode):
        follow(second, code)


def taking_part(case: Case, email: str) -> Contact:
    """Somebody who never signs in, and whom staff let take part."""
    contact = add_contact("Ida", email=email, by=cast.CAST)
    add_participant(case.conversation, contact, by=cast.CAST)
    return contact


def test_somebody_who_takes_part_follows_the_case_by_a_code_of_his_own():
    case = submit(sent(), by=None)
    senders_code = mailed_code()
    ida = taking_part(case, "ida@unknown.example")
    send_code(case, address_to_follow(case, "Ida@unknown.example"), by=BY)
    assert Outgoing.objects.latest("pk").subject == f"Your code for case {case.number}"
    assert follow(case, mailed_code()) == ida
    case.refresh_from_db()
    assert not case.is_verified_sender
    assert follow(case, senders_code) == case.contact


def test_no_code_goes_to_whoever_takes_no_part():
    case = submit(sent(), by=None)
    ida = taking_part(case, "ida@unknown.example")
    remove_participant(case.conversation, ida, by=cast.CAST)
    suggested = add_contact("Noor", email="noor@unknown.example", by=cast.CAST)
    Participant.objects.create(
        conversation=case.conversation, contact=suggested, role="participant", added_at=clock.now()
    )
    for email in ("ida@unknown.example", "noor@unknown.example", "nobody@unknown.example", ""):
        assert address_to_follow(case, email) is None


def test_a_wrong_code_counts_for_everybody_who_follows():
    case = submit(sent(), by=None)
    taking_part(case, "ida@unknown.example")
    send_code(case, address_to_follow(case, "ida@unknown.example"), by=BY)
    for _number in range(TRIES):
        with pytest.raises(WrongCode):
            try_to_follow(case, "WRONG234")
    assert set(FollowCode.objects.values_list("tries", flat=True)) == {TRIES}
    with pytest.raises(WrongCode):
        try_to_follow(case, mailed_code())


def test_a_sender_who_was_merged_with_another_contact_follows_his_case_still():
    case = submit(sent(), by=None)
    known = add_contact("Lee Marsh", email="lee@elsewhere.example", by=cast.CAST)
    merge_contacts(case.contact, known, by=cast.CAST)
    case = Case.objects.get()
    send_code(case, address_to_follow(case, "lee@unknown.example"), by=BY)
    assert follow(case, mailed_code()) == known
    case.refresh_from_db()
    assert case.is_verified_sender
    assert case in Case.objects.visible_to(known)


def mails_to(address: str) -> list[Outgoing]:
    return list(Outgoing.objects.to(address).order_by("pk"))


def test_an_address_that_a_stranger_names_again_and_again_gets_one_mail_an_hour():
    start = clock.now()
    for minute in range(0, 60, 10):
        submit(sent("victim@town.example"), by=None, at=start + timedelta(minutes=minute))
    assert [mail.purpose for mail in mails_to("victim@town.example")] == ["first"]
    submit(sent("VICTIM@town.example"), by=None, at=start + timedelta(hours=1))
    assert len(Outgoing.objects.all()) == 2


def test_a_confirmed_address_too_gets_one_an_hour_by_forms_and_more_by_its_case():
    start = clock.now()
    case = submit(sent(), by=None, at=start)
    contact = follow(case, mailed_code(), at=start)
    submit(sent(), by=None, at=start + timedelta(minutes=1))
    assert len(mails_to("lee@unknown.example")) == 1
    assert send_code(case, contact.addresses.get(), by=BY, at=start + timedelta(minutes=2))
    assert [mail.purpose for mail in mails_to("lee@unknown.example")] == ["first", "code"]


def test_whoever_asks_for_a_new_code_within_the_hour_gets_none_before_the_address_is_confirmed():
    start = clock.now()
    case = submit(sent(), by=None, at=start)
    address = ContactAddress.objects.get(email="lee@unknown.example")
    assert not send_code(case, address, by=BY, at=start + timedelta(minutes=59))
    assert FollowCode.objects.get().expires_at == start + LASTS_FOR
    assert send_code(case, address, by=BY, at=start + timedelta(hours=1))
