"""What a customer asks for: who answers it, how it ends, who sees it."""

from __future__ import annotations

import pytest

from keepwell.conversations.words import NothingSaid, Words
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.merging import merge_contacts
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.enquiries.models import Enquiry, State
from keepwell.enquiries.queries import own_enquiries, visible_entries
from keepwell.enquiries.refusals import EnquiryEnded, NoAccount
from keepwell.enquiries.verbs.asking import NewEnquiry, ask
from keepwell.enquiries.verbs.settling import settle, take, withdraw
from keepwell.people.permits import NotPermitted
from tests import cast


@pytest.fixture
def sam(db):
    cast.the_guidelines()
    return cast.sam_the_success_manager()


@pytest.fixture
def alma(sam):
    alma = cast.alma_the_account_manager()
    appoint_steward(cast.elm_falls(), sam, "success", by=cast.CAST)
    appoint_steward(cast.elm_falls(), alma, "account", by=cast.CAST)
    return alma


@pytest.fixture
def dana(alma):
    return cast.dana_at_elm_falls()


def wish(kind="licensing", words="Ten more seats, please.", **given):
    return NewEnquiry(kind=kind, words=Words(body=words, channel="portal"), **given)


@pytest.mark.parametrize("kind", ["software", "licensing", "expansion", "contracting"])
def test_the_commercial_kinds_come_to_the_account_manager(dana, alma, sam, kind):
    enquiry = ask(dana.contact, wish(kind), by=dana)
    assert (enquiry.owner, enquiry.state) == (alma, State.NEW)
    assert list(own_enquiries(alma)) == [enquiry]
    assert list(Enquiry.objects.visible_to(alma).commercial()) == [enquiry]
    assert not own_enquiries(sam).exists()


def test_the_same_by_a_double_click_is_one_and_other_words_are_another(dana):
    assert ask(dana.contact, wish(), by=dana) == ask(dana.contact, wish(), by=dana)
    assert ask(dana.contact, wish(words="Twelve."), by=dana).pk == Enquiry.objects.latest("pk").pk
    assert Enquiry.objects.count() == 2


def test_time_with_us_comes_to_the_success_manager(dana, sam):
    assert ask(dana.contact, wish("engagement", wanted="training"), by=dana).owner == sam


def test_nobody_without_an_account_or_without_words_asks(dana):
    somebody = cast.contact_of_somebody_unknown()
    with pytest.raises(NoAccount):
        ask(somebody, wish(), by=somebody)
    with pytest.raises(NothingSaid):
        wish(words=" ")


def test_taken_and_settled_by_those_who_handle_them(dana, alma, sam):
    enquiry = ask(dana.contact, wish(), by=dana)
    with pytest.raises(NotPermitted):
        take(enquiry, alma, by=cast.maria_the_specialist())
    assert take(enquiry, sam, by=sam).owner == sam
    settle(enquiry, State.DONE, by=sam)
    settle(enquiry, State.DONE, by=sam)
    for act in (lambda: take(enquiry, alma, by=alma), lambda: settle(enquiry, State.DECLINED, by=alma)):
        with pytest.raises(EnquiryEnded):
            act()
    with pytest.raises(ValueError, match="withdrawn"):
        settle(enquiry, State.WITHDRAWN, by=alma)


def test_only_whoever_asked_withdraws(dana, alma):
    enquiry = ask(dana.contact, wish(), by=dana)
    for other in (alma, cast.nora_of_another_town(), cast.carl_the_administrator_of_elm_falls()):
        with pytest.raises(NotPermitted):
            withdraw(enquiry, by=other)
    assert withdraw(enquiry, by=dana).state == State.WITHDRAWN
    with pytest.raises(EnquiryEnded):
        withdraw(enquiry, by=dana)


def test_a_customer_sees_what_he_may_read_and_nothing_of_another(dana, alma):
    enquiry = ask(dana.contact, wish(), by=dana)
    carl, nora = cast.carl_the_administrator_of_elm_falls(), cast.nora_of_another_town()
    for one in (dana, carl, alma):
        assert list(Enquiry.objects.visible_to(one)) == [enquiry]
        assert visible_entries(one).filter(kind="enquiry.asked").exists()
    for one in (nora, cast.pia_at_elm_falls_water()):
        assert not Enquiry.objects.visible_to(one).exists()
        assert not visible_entries(one).exists()


def test_what_a_merged_contact_asked_for_is_the_others(dana):
    twin = add_contact("D. Hughes", email="dh@elmfalls.example", account=cast.elm_falls(), by=cast.CAST)
    enquiry = ask(twin, wish(), by=twin)
    merge_contacts(twin, dana.contact, by=cast.ada_the_administrator())
    enquiry.refresh_from_db()
    assert enquiry.contact == dana.contact
