"""What is left of somebody's cases when he is erased, and who hears of a case."""

from __future__ import annotations

from django.core.mail import EmailMessage

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE, kinds, now, open_for
from keepwell.cases.verbs.privacy import make_private
from keepwell.cases.verbs.withdrawing import withdraw_for_customer
from keepwell.conversations.tests.whole_database import tables_holding
from keepwell.customers.verbs.erasing import erase_contact
from keepwell.journal.live import may_listen
from keepwell.outbox.models import Outgoing, Purpose
from keepwell.outbox.verbs.queuing import enqueue
from tests import cast


def test_erased_somebodys_words_are_gone_and_his_cases_stay(dana, carl, maria):
    case = open_for(
        dana, subject="Quince marmalade spilled", situation="Quince marmalade everywhere", severity="high"
    )
    kept = open_for(carl, subject="Quince cake")
    withdraw_for_customer(case, "The marmalade is gone, says Dana", by=maria)
    erase_contact(dana.contact, by=cast.ada_the_administrator())
    assert (now(case).subject, now(case).situation) == ("Erased", "")
    assert (now(case).severity, now(case).opened_at) == ("high", NINE)
    assert now(kept).subject == "Quince cake"
    assert kinds(case)[-1] == "case.words_erased"
    assert tables_holding("marmalade") == []


def test_mails_to_others_that_told_the_subject_of_an_erased_persons_case_are_forgotten(dana, carl):
    case = open_for(dana, subject="Quince marmalade spilled")
    mail = EmailMessage("Quince marmalade spilled", "We look at it.", to=["carl@elmfalls.example"])
    enqueue(mail, purpose=Purpose.REPLY, about=[("case", case.pk)], by=cast.CAST, at=NINE)
    erase_contact(dana.contact, by=cast.ada_the_administrator())
    assert tables_holding("marmalade") == []
    assert Outgoing.objects.get().to_address == "carl@elmfalls.example"


def test_nothing_of_a_case_is_heard_by_who_may_not_see_it(case, dana, carl, nora, maria, ines):
    staff, customers = f"case:{case.pk}", f"portal_case:{case.pk}"
    heard = {
        (topic, who): may_listen(person, topic)
        for topic in (staff, customers, "cases:0")
        for who, person in {"dana": dana, "carl": carl, "nora": nora, "maria": maria, "ines": ines}.items()
    }
    assert {pair for pair, hears in heard.items() if hears} == {
        (staff, "maria"),
        (staff, "ines"),
        (customers, "dana"),
        (customers, "carl"),
        (customers, "maria"),
        (customers, "ines"),
        ("cases:0", "maria"),
        ("cases:0", "ines"),
    }
    make_private(case, by=maria)
    assert not may_listen(carl, customers)


def test_nobody_hears_of_a_case_that_is_not_there(maria):
    assert not may_listen(maria, "case:999999")
    assert not Case.objects.filter(pk=999999).exists()
