"""Evidence of mails, from the database: who wrote, where it leads, whatever was merged meanwhile."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keepwell.cases.tests.elm_falls import NINE, answer, open_for
from keepwell.cases.verbs.merging import merge
from keepwell.channels.email.parsed import ParsedMail, Party
from keepwell.channels.email.tests.letters import CARL, DANA, MARIA, NORA, STRANGER, mail_from, reply_to
from keepwell.channels.email.understanding.deciding import decide
from keepwell.channels.email.understanding.evidence import Action, Evidence, Proof, Reference, Sender, Via
from keepwell.channels.email.understanding.finding import find
from keepwell.channels.email.understanding.keys import seal_keys
from keepwell.channels.email.understanding.signing import Ticket, sealed_message_id
from keepwell.channels.models import ReplyAddress
from keepwell.conversations.verbs.participating import add_participant, remove_participant
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.mail_domains import add_mail_domain, verify_mail_domain
from keepwell.customers.verbs.merging import merge_contacts
from keepwell.outbox.models import Outgoing
from keepwell.people.actors import System
from tests import cast

pytestmark = pytest.mark.usefixtures("mail_at_nine")
SYSTEM = System("test")


def evidence(author: str, **said: Any) -> Evidence:
    return find(mail_from(author, **said)).evidence


def address_of(sent: Outgoing) -> str:
    (line,) = [
        row
        for row in bytes(sent.raw).decode().replace("\r\n ", " ").splitlines()
        if row.startswith("Reply-To:")
    ]
    return line.removeprefix("Reply-To:").strip().rpartition("<")[2].rstrip(">")


def test_the_answered_mail_leads_to_its_conversation(case, sent):
    found = evidence(DANA, **reply_to(sent))
    assert (found.reference, found.via) == (Reference.SEALED, Via.IN_REPLY_TO)
    assert (found.conversation, found.sender, found.contact) == (
        case.conversation_id,
        Sender.REQUESTER,
        case.contact_id,
    )


def test_the_reply_address_of_an_answer_leads_there_alone(case, sent):
    found = evidence(DANA, to=(Party(address=address_of(sent).upper()),))
    assert (found.reference, found.via, found.conversation) == (
        Reference.SEALED,
        Via.REPLY_ADDRESS,
        case.conversation_id,
    )


def test_an_answer_has_one_reply_address_however_often_it_is_written(case, sent, maria):
    answer(case, maria, NINE)
    assert {address_of(mail) for mail in Outgoing.objects.all()} == {address_of(sent)}
    assert ReplyAddress.objects.count() == 1


def test_a_row_that_nobody_sealed_opens_nothing(case, sent):
    seal = "a" * 52
    ReplyAddress.objects.update(seal=seal)
    found = evidence(DANA, to=(Party(address=f"support+{seal}@localhost"),))
    assert (found.reference, found.conversation) == (Reference.BROKEN, None)


def test_a_row_that_was_moved_to_another_case_opens_nothing(case, sent):
    other = open_for(cast.dana_at_elm_falls())
    ReplyAddress.objects.update(conversation=other.conversation_id)
    found = evidence(DANA, to=(Party(address=address_of(sent)),))
    assert (found.reference, found.conversation) == (Reference.BROKEN, None)


def test_a_truncated_reply_address_is_noticed(case, sent):
    address = address_of(sent).replace("@", "@")
    local, _at, domain = address.partition("@")
    found = evidence(DANA, to=(Party(address=f"{local[:-1]}@{domain}"),))
    assert (found.reference, found.conversation) == (Reference.BROKEN, None)


@pytest.mark.parametrize(
    ("author", "sender"),
    [
        (CARL, Sender.COLLEAGUE),
        (NORA, Sender.KNOWN),
        (STRANGER, Sender.STRANGER),
        (MARIA, Sender.STAFF),
    ],
)
def test_a_seal_that_was_given_to_somebody_else_is_told_apart(case, sent, author, sender):
    cast.carl_the_administrator_of_elm_falls()
    cast.nora_of_another_town()
    found = evidence(author, **reply_to(sent))
    assert (found.reference, found.sender) == (Reference.SEALED_FOR_ANOTHER, sender)
    assert found.contact != case.contact_id


def test_who_takes_part_is_told_from_who_did(case, sent, maria):
    carl = cast.carl_the_administrator_of_elm_falls().contact
    add_participant(case.conversation, carl, by=maria, at=NINE)
    assert evidence(CARL, **reply_to(sent)).sender is Sender.PARTICIPANT
    remove_participant(case.conversation, carl, by=maria, at=NINE)
    assert evidence(CARL, **reply_to(sent)).sender is Sender.COLLEAGUE


def test_who_was_only_suggested_takes_no_part(case, sent):
    carl = cast.carl_the_administrator_of_elm_falls().contact
    add_participant(case.conversation, carl, by=carl, at=NINE)
    assert evidence(CARL, **reply_to(sent)).sender is Sender.COLLEAGUE


def test_a_seal_of_a_merged_case_leads_to_the_survivor(case, sent, maria):
    survivor = open_for(cast.dana_at_elm_falls())
    merge(case, survivor, by=maria, at=NINE)
    found = evidence(DANA, **reply_to(sent))
    assert (found.reference, found.conversation) == (Reference.SEALED, survivor.conversation_id)


def test_a_seal_of_a_merged_contact_is_that_of_the_remaining_one(case, sent):
    other = add_contact("Dana Hughes", email="dana@private.example", account=cast.elm_falls(), by=SYSTEM)
    merge_contacts(case.contact, other, by=cast.ada_the_administrator(), at=NINE)
    found = evidence("dana@private.example", **reply_to(sent))
    assert (found.reference, found.contact) == (Reference.SEALED, other.pk)


def test_two_conversations_at_once_are_noticed(case, sent, maria):
    other = open_for(cast.dana_at_elm_falls())
    answer(other, maria, NINE)
    second = Outgoing.objects.latest("pk")
    found = evidence(DANA, in_reply_to=(second.message_id,), to=(Party(address=address_of(sent)),))
    assert (found.reference, found.conversation) == (Reference.SEALS_DISAGREE, case.conversation_id)


def test_an_older_case_further_up_the_thread_is_no_wonder(case, sent, maria):
    other = open_for(cast.dana_at_elm_falls())
    answer(other, maria, NINE)
    second = Outgoing.objects.latest("pk")
    found = evidence(DANA, in_reply_to=(second.message_id,), references=(sent.message_id, second.message_id))
    assert (found.reference, found.conversation) == (Reference.SEALED, other.conversation_id)


def test_a_seal_for_a_conversation_that_is_none_leads_nowhere(case):
    ticket = Ticket(conversation=10**12, recipient=case.contact_id)
    forged = sealed_message_id(ticket, 1, domain="localhost", keys=seal_keys())
    found = evidence(DANA, in_reply_to=(forged,))
    assert (found.reference, found.conversation) == (Reference.NOTHING, None)


def test_a_forged_id_leads_nowhere(case, sent):
    ticket = Ticket(conversation=case.conversation_id, recipient=case.contact_id)
    forged = sealed_message_id(ticket, 1, domain="localhost", keys=[b"x" * 32])
    found = evidence(DANA, in_reply_to=(forged,))
    assert (found.reference, found.conversation, found.sender) == (Reference.BROKEN, None, Sender.KNOWN)


def test_a_number_leads_where_it_says_and_is_no_more_than_that(case):
    found = evidence(DANA, subject=f"Re: it [#{case.number}]")
    assert (found.reference, found.via, found.sender) == (Reference.NUMBER, Via.SUBJECT, Sender.REQUESTER)
    assert evidence(STRANGER, subject=f"Re: it [#{case.number}]").sender is Sender.STRANGER
    assert evidence(DANA, subject="Re: it [#999999]").reference is Reference.NOTHING


def test_the_from_line_is_proven_by_the_host_in_the_settings(case, sent, settings):
    assert evidence(DANA, verdict="pass").proof is Proof.PASSED
    settings.KEEPWELL_MAIL_TRUSTED_HOSTS = []
    assert evidence(DANA, verdict="pass").proof is Proof.UNKNOWN


def test_two_writers_are_nobody(case, sent):
    both = (Party(address=DANA), Party(address=STRANGER))
    found = find(ParsedMail(from_addresses=both, **reply_to(sent))).evidence
    assert (found.sender, found.contact) == (Sender.STRANGER, None)


def test_neither_the_sender_line_nor_the_reply_to_is_an_author(case, sent):
    mail = ParsedMail(
        from_addresses=(Party(address=STRANGER),),
        sender=Party(address=DANA),
        reply_to=(Party(address=DANA),),
        headers=(("return-path", f"<{DANA}>"),),
        **reply_to(sent),
    )
    assert find(mail).evidence.sender is Sender.STRANGER


def test_a_newcomer_of_a_known_domain_is_claimed_by_its_account(case):
    domain = add_mail_domain(cast.elm_falls(), "elmfalls.example", by=SYSTEM)
    newcomer = evidence("new@elmfalls.example", verdict="pass")
    assert [(claim.account, claim.is_verified) for claim in newcomer.domains] == [
        (cast.elm_falls().pk, False)
    ]
    verify_mail_domain(domain, by=SYSTEM)
    decision = decide(evidence("new@elmfalls.example", verdict="pass"))
    assert (decision.action, decision.hint.account, decision.hint.is_linked) == (
        Action.OPEN_TRIAGE,
        cast.elm_falls().pk,
        True,
    )
    assert not decide(evidence("new@elmfalls.example")).hint.is_linked
    assert evidence("new@gmail.com").is_public_domain


def test_our_own_mail_that_comes_round_is_known(case, sent):
    assert evidence(STRANGER, message_id=sent.message_id).kind == "own_mail"
    assert evidence("support@localhost").kind == "own_mail"


def test_a_report_names_the_mail_that_failed_and_its_recipient(case, sent):
    mail = mail_from("mailer-daemon@mx.example", body_text=f"Message-ID: {sent.message_id}")
    found = find(mail)
    assert found.evidence.kind == "bounce_hard"
    assert found.returned.failed.ticket.recipient == case.contact_id


def test_a_mail_of_fifty_references_costs_no_more_queries_than_one_of_one(case, sent, maria):
    def queries(count: int) -> int:
        ids = tuple(f"<{number}@x>" for number in range(count - 1))
        said = {"in_reply_to": (sent.message_id,), "references": ids}
        index = b64encode(b"\x01" * 22).decode()
        with CaptureQueriesContext(
            connection,
        ) as captured:
            evidence(DANA, thread_index=index, subject="[#12]", to=(Party(address=address_of(sent)),), **said)
        return len(captured)

    queries(1)
    assert queries(2) == queries(20) == queries(1000) <= 16
