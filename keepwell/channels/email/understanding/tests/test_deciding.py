"""Every combination there is, against rules that were written without looking at the table.

The rules say what must never be, and a few things that must be so that mail is of use. They read only what
a person would ask: is a proof there, was he given the seal, does he take part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from keepwell.channels.email.understanding.deciding import Decision, decide
from keepwell.channels.email.understanding.evidence import (
    Action,
    DomainClaim,
    Evidence,
    Kind,
    Proof,
    Reference,
    Sender,
    Via,
)
from keepwell.channels.email.understanding.table import FORWARDED, TABLE

CONVERSATION, CONTACT, USER, ACCOUNT = 18, 7, 3, 5
HAS_CONTACT = {Sender.REQUESTER, Sender.PARTICIPANT, Sender.COLLEAGUE, Sender.KNOWN}
TAKES_PART = {Sender.REQUESTER, Sender.PARTICIPANT}
# The customers' side cannot be let in by these, for anybody may write them.
WORTHLESS = {Reference.BROKEN, Reference.UNSEALED, Reference.NOTHING}
HINTS = {Reference.NUMBER, Reference.THREAD_INDEX}
HELD = {Action.HELD_REPLY, Action.SUGGEST, Action.HOLD}
OPENS = {Action.OPEN_KNOWN, Action.OPEN_TRIAGE}


def all_evidence() -> Iterator[Evidence]:
    for kind, reference, sender, proof in product(Kind, Reference, Sender, Proof):
        yield Evidence(
            kind=kind,
            reference=reference,
            via=Via.NOTHING if reference is Reference.NOTHING else Via.IN_REPLY_TO,
            conversation=None if reference is Reference.NOTHING else CONVERSATION,
            sender=sender,
            contact=CONTACT if sender in HAS_CONTACT else None,
            user=USER if sender is Sender.STAFF else None,
            account=ACCOUNT if sender in HAS_CONTACT else None,
            proof=proof,
            host="mx.help.example",
        )


EVERYTHING = list(all_evidence())
BY_PEOPLE = [one for one in EVERYTHING if one.kind is Kind.PERSON]


def broken_by(rule) -> list[str]:
    """The combinations that break the rule, named so that one can find their cells."""
    return [
        f"{one.kind} {one.reference} {one.sender} {one.proof}: {decide(one).action}"
        for one in EVERYTHING
        if not rule(one, decide(one))
    ]


def is_proven(one: Evidence) -> bool:
    return one.proof is Proof.PASSED


def is_suspect(one: Evidence) -> bool:
    return one.proof in {Proof.FAILED, Proof.FORGED}


def was_given_the_seal(one: Evidence) -> bool:
    return one.reference is Reference.SEALED


def joins(found: Decision) -> bool:
    return found.action is Action.JOIN


# Each of these must hold for every combination.
RULES = {
    "nobody joins who is neither proven nor was given the seal": lambda one, found: (
        not joins(found) or is_proven(one) or was_given_the_seal(one)
    ),
    "nobody joins whose proof failed or was forged": lambda one, found: (
        not (joins(found) and is_suspect(one))
    ),
    "nobody joins who does not take part, but staff": lambda one, found: (
        not joins(found) or one.sender in TAKES_PART | {Sender.STAFF}
    ),
    "nobody speaks as staff without a proof and a seal of his own": lambda one, found: (
        found.user is None or (is_proven(one) and was_given_the_seal(one) and one.sender is Sender.STAFF)
    ),
    "staff never speak as a customer": lambda one, found: (
        not (
            one.sender is Sender.STAFF
            and (found.contact is not None or found.action in OPENS | {Action.SUGGEST})
        )
    ),
    "a stranger is never an author": lambda one, found: (
        one.sender is not Sender.STRANGER or (found.contact is None and not joins(found))
    ),
    "a worthless seal lets nobody join": lambda one, found: not (joins(found) and one.reference in WORTHLESS),
    "two conversations at once let nobody join": lambda one, found: (
        not (joins(found) and one.reference is Reference.SEALS_DISAGREE)
    ),
    "a number lets only those near the conversation near it": lambda one, found: (
        one.reference not in HINTS
        or found.conversation is None
        or one.sender in TAKES_PART
        or (one.sender is Sender.COLLEAGUE and is_proven(one) and found.action is Action.SUGGEST)
    ),
    "nobody is suggested who is not proven": lambda one, found: (
        found.action is not Action.SUGGEST or is_proven(one)
    ),
    "a stranger who is not proven comes near a conversation only by a seal": lambda one, found: (
        one.sender is not Sender.STRANGER
        or is_proven(one)
        or found.conversation is None
        or one.reference is Reference.SEALED_FOR_ANOTHER
        or one.kind is not Kind.PERSON
    ),
    "a machine opens nothing and joins nothing": lambda one, found: (
        one.kind is Kind.PERSON or found.action is Action.PARK
    ),
    "a machine is never an author": lambda one, found: (
        one.kind is Kind.PERSON or (found.contact, found.user) == (None, None)
    ),
    "a machine is never answered": lambda one, found: one.kind is Kind.PERSON or not found.may_be_answered,
    "what is held is not answered": lambda one, found: found.action not in HELD or not found.may_be_answered,
    "a person is never put aside": lambda one, found: (
        one.kind is not Kind.PERSON or found.action is not Action.PARK
    ),
    "a mail goes nowhere but where it refers to": lambda one, found: (
        found.conversation is None or found.conversation == one.conversation
    ),
    "an author is nobody but whom the From line names": lambda one, found: (
        found.contact in {None, one.contact} and found.user in {None, one.user}
    ),
    "what is held has no author": lambda one, found: (
        found.action not in HELD or (found.contact, found.user) == (None, None)
    ),
    "a forged proof opens nothing": lambda one, found: not (found.action in OPENS and is_suspect(one)),
    "verified is who is proven or was given the seal": lambda one, found: (
        not found.is_verified or is_proven(one) or (joins(found) and was_given_the_seal(one))
    ),
    "nobody who is not proven has a case of his own counted as verified": lambda one, found: (
        found.action not in OPENS or found.is_verified == is_proven(one)
    ),
    # And what must be, or mail would be of no use.
    "whoever takes part and was given the seal joins unless something speaks against it": lambda one, found: (
        not (was_given_the_seal(one) and one.sender in TAKES_PART and one.kind is Kind.PERSON)
        or joins(found) != is_suspect(one)
    ),
    "whoever takes part and is proven is never turned away": lambda one, found: (
        not (one.sender in TAKES_PART and is_proven(one) and one.kind is Kind.PERSON)
        or found.action in {Action.JOIN, Action.HELD_REPLY, Action.OPEN_KNOWN}
    ),
    "whoever writes for the first time begins a case unless something speaks against it": lambda one, found: (
        one.reference is not Reference.NOTHING
        or one.sender is Sender.STAFF
        or one.kind is not Kind.PERSON
        or (found.action in OPENS) != is_suspect(one)
    ),
    "the same mail with other bytes is never dropped": lambda one, found: (
        one.reference is not Reference.REPEATED
        or one.kind is not Kind.PERSON
        or found.action in HELD | {Action.JOIN}
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_every_combination_keeps_the_rule(rule):
    assert broken_by(RULES[rule]) == []


def test_every_combination_has_one_cell():
    assert len(EVERYTHING) == len(Kind) * len(Reference) * len(Sender) * len(Proof) == 1680
    assert set(TABLE) == set(product(Reference, Sender, Proof))


def test_a_match_never_changes_who_speaks():
    """With every reference there is, the author is the same or nobody."""
    for one in BY_PEOPLE:
        authors = {decide(replace(one, reference=reference)).contact for reference in Reference} - {None}
        assert authors <= {one.contact}


@pytest.mark.parametrize("sender", [*sorted(TAKES_PART), Sender.COLLEAGUE])
def test_who_is_said_to_take_part_in_nothing_joins_nothing(sender):
    for one in BY_PEOPLE:
        found = decide(replace(one, sender=sender, conversation=None))
        assert found.conversation is None
        assert found.action in OPENS | {Action.HOLD}


def test_nobody_joins_without_being_somebody():
    for one in BY_PEOPLE:
        assert decide(replace(one, contact=None, user=None)).action is not Action.JOIN


def test_a_mail_that_asks_for_silence_is_not_answered():
    for one in BY_PEOPLE:
        assert not decide(replace(one, may_be_answered=False)).may_be_answered


@pytest.mark.parametrize("reference", Reference)
def test_what_a_machine_wrote_is_shown_beside_a_conversation_only_by_a_seal(reference):
    found = decide(Evidence(kind=Kind.AUTO_REPLY, reference=reference, conversation=CONVERSATION))
    is_sealed = reference in {Reference.SEALED, Reference.SEALED_FOR_ANOTHER}
    assert found.conversation == (CONVERSATION if is_sealed else None)


VERIFIED, UNVERIFIED = (
    DomainClaim(account=ACCOUNT, is_verified=is_verified) for is_verified in (True, False)
)
OTHER = DomainClaim(account=6, is_verified=True)
HINT_TABLE = [
    ("proven, and the domain verified", {}, (ACCOUNT, True)),
    ("proven, the domain not verified", {"domains": (UNVERIFIED,)}, (ACCOUNT, False)),
    ("not proven", {"proof": Proof.UNKNOWN}, (ACCOUNT, False)),
    ("two accounts", {"domains": (VERIFIED, OTHER)}, None),
    ("one account twice, once not verified", {"domains": (VERIFIED, UNVERIFIED)}, (ACCOUNT, False)),
    ("a public provider", {"is_public_domain": True}, None),
    ("nobody's domain", {"domains": ()}, None),
    ("placed already", {"account": 9, "contact": 7, "sender": Sender.KNOWN}, None),
    ("a contact without an account", {"contact": 7, "sender": Sender.KNOWN}, (ACCOUNT, True)),
    ("held", {"proof": Proof.FAILED}, None),
    ("forged", {"proof": Proof.FORGED}, None),
    ("a machine", {"kind": Kind.LIST}, None),
]


@pytest.mark.parametrize(
    ("changed", "expected"), [row[1:] for row in HINT_TABLE], ids=[row[0] for row in HINT_TABLE]
)
def test_a_newcomer_is_put_to_an_account_only_if_all_speaks_for_it(changed, expected):
    newcomer = Evidence(proof=Proof.PASSED, domains=(VERIFIED,), host="mx.help.example")
    hint = decide(replace(newcomer, **changed)).hint
    assert (hint and (hint.account, hint.is_linked)) == expected


# Of two results the one that believes a mail less; equal where both keep it from everybody.
BELIEVES = {
    Action.HOLD: 0,
    Action.HELD_REPLY: 1,
    Action.SUGGEST: 1,
    Action.OPEN_TRIAGE: 2,
    Action.OPEN_KNOWN: 2,
    Action.JOIN: 3,
}
FORWARDER = 11
PASSED_ON = [replace(one, forwarder=FORWARDER) for one in BY_PEOPLE]


def test_both_tables_know_every_combination():
    assert set(FORWARDED) == set(TABLE)


def test_a_mail_that_is_passed_on_is_believed_no_more_than_if_it_had_come_by_itself_unproven():
    for (reference, sender, proof), action in FORWARDED.items():
        assert BELIEVES[action] <= BELIEVES[TABLE[reference, sender, Proof.UNKNOWN]], (
            reference,
            sender,
            proof,
        )


def test_nobody_passes_a_mail_on_who_is_not_proven():
    found = [decide(one) for one in PASSED_ON if one.proof is not Proof.PASSED]
    assert {(one.action, one.conversation, one.contact, one.user) for one in found} == {
        (Action.HOLD, None, None, None)
    }


def test_of_a_mail_that_is_passed_on_no_author_is_verified_answered_or_put_to_an_account():
    for one in PASSED_ON:
        newcomer = replace(one, account=None, domains=(DomainClaim(account=ACCOUNT, is_verified=True),))
        for found in (decide(one), decide(newcomer)):
            assert not found.is_verified
            assert not found.may_be_answered
            assert found.user is None
            assert found.hint is None or not found.hint.is_linked


def test_a_mail_of_our_own_that_is_passed_on_stays_where_it_is():
    assert {decide(one).action for one in PASSED_ON if one.sender is Sender.STAFF} == {Action.HOLD}
