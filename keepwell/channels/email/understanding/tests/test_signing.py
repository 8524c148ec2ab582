"""Seals: good for what they were made for, and for nothing else."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwell.channels.email.understanding.signing import (
    SideTicket,
    Standing,
    Ticket,
    address_seal,
    is_address_seal,
    is_whole,
    plus_part,
    read_message_id,
    read_side_message_id,
    reply_address,
    sealed_message_id,
    side_message_id,
)

OLD, NEW, FOREIGN = b"old" * 11, b"new" * 11, b"foreign" * 5
KEYS = (NEW, OLD)
DANA = Ticket(conversation=18, recipient=7)
MINE = sealed_message_id(DANA, 93, domain="help.example", keys=KEYS)
HEAD, SEAL = MINE.removesuffix("@help.example>").rsplit(".", 1)

numbers = st.integers(0, 10**18 - 1)
tickets = st.builds(
    Ticket, conversation=numbers, recipient=numbers, noun=st.sampled_from(["contact", "person"])
)
keys = st.binary(min_size=32, max_size=64)


def standing(text: str, keys=KEYS) -> Standing | None:
    claim = read_message_id(text, keys)
    return claim.standing if claim else None


def test_a_message_id_says_what_it_was_sealed_for():
    claim = read_message_id(MINE, KEYS)
    assert (claim.standing, claim.ticket, claim.message) == (Standing.GOOD, DANA, 93)


def test_the_seal_is_a_whole_hmac():
    assert len(SEAL) == 52 == -(-256 // 5)
    assert is_whole(SEAL)


def test_the_seal_is_the_one_that_anybody_with_the_key_works_out():
    by_hand = hmac.new(NEW, b"message-id 18 contact 7 93", hashlib.sha256).digest()
    assert base64.b32decode(f"{SEAL.upper()}====") == by_hand
    by_hand = hmac.new(NEW, b"address 18 contact 7", hashlib.sha256).digest()
    assert base64.b32decode(f"{address_seal(DANA, KEYS).upper()}====") == by_hand


def test_it_fits_in_a_header_line_and_is_the_same_each_time():
    assert len(MINE) < 255
    assert sealed_message_id(DANA, 93, domain="help.example", keys=KEYS) == MINE


@pytest.mark.parametrize(
    "changed",
    [
        f"{HEAD}.{SEAL[:-1]}@help.example>",
        f"{HEAD}.{SEAL[:26]}@help.example>",
        f"{HEAD}.{SEAL}a@help.example>",
        f"{HEAD}.{SEAL}{SEAL}@help.example>",
        f"{HEAD}.{'a' * 52}@help.example>",
        f"{HEAD}.{SEAL[::-1]}@help.example>",
        f"{HEAD}.@help.example>",
        f"{HEAD}.{SEAL[:-1]}ſ@help.example>",
        MINE.replace("kw.18.", "kw.19."),
        MINE.replace(".c7.", ".c8."),
        MINE.replace(".c7.", ".p7."),
        MINE.replace(".93.", ".94."),
    ],
    ids=str,
)
def test_a_seal_that_was_changed_or_moved_is_broken_and_says_nothing(changed):
    claim = read_message_id(changed, KEYS)
    assert (claim.standing, claim.ticket, claim.message) == (Standing.BROKEN, None, None)


def test_our_form_without_a_seal_is_told_apart():
    claim = read_message_id(f"{HEAD}@help.example>", KEYS)
    assert (claim.standing, claim.ticket) == (Standing.MISSING, None)


@pytest.mark.parametrize(
    "foreign",
    [
        "",
        "<>",
        "<abc@help.example>",
        f"<kw.18.c7.{SEAL}@help.example>",
        MINE.strip("<>"),
        MINE.replace("kw.18.", "kw.018."),
        MINE.replace("kw.18.", "kw.٣."),
        MINE.replace("kw.18.", f"kw.{'9' * 19}."),
        MINE.replace("@", "@@"),
        f"{MINE}{MINE}",
        f"x{MINE}",
    ],
    ids=str,
)
def test_what_is_not_in_our_form_is_nobodys_claim(foreign):
    assert read_message_id(foreign, KEYS) is None


def test_a_server_may_write_it_in_capitals_and_with_spaces_around():
    assert standing(f" {MINE.upper()}\r\n") is Standing.GOOD


def test_an_older_key_is_believed_until_it_is_gone():
    old = sealed_message_id(DANA, 93, domain="help.example", keys=[OLD])
    assert standing(old) is Standing.GOOD
    assert standing(old, [NEW]) is Standing.BROKEN
    assert standing(MINE, [OLD]) is Standing.BROKEN
    assert standing(MINE, []) is Standing.BROKEN


def test_nobody_elses_key_is_believed():
    assert standing(sealed_message_id(DANA, 93, domain="help.example", keys=[FOREIGN])) is Standing.BROKEN


def test_the_seal_of_an_address_is_no_seal_of_a_message():
    assert standing(f"{HEAD}.{address_seal(DANA, KEYS)}@help.example>") is Standing.BROKEN
    assert not is_address_seal(SEAL, DANA, KEYS)


def test_a_reply_address_is_that_of_the_mailbox_with_the_seal():
    seal = address_seal(DANA, KEYS)
    address = reply_address("support@help.example", seal)
    assert address == f"support+{seal}@help.example"
    assert plus_part(address.upper(), "Support@Help.example") == seal
    assert is_address_seal(plus_part(address, "support@help.example"), DANA, KEYS)


def test_no_address_is_longer_before_its_at_than_mail_allows():
    seal = address_seal(DANA, KEYS)
    assert len(reply_address("elevenchars@help.example", seal).partition("@")[0]) == 64
    assert reply_address("twelve-chars@help.example", seal) == ""


@pytest.mark.parametrize(
    "address",
    ["support@help.example", "other+x@help.example", "support+x@elsewhere.example", "support", "", "@"],
)
def test_only_an_address_of_the_mailbox_has_a_plus_part(address):
    assert plus_part(address, "support@help.example") == ""


@given(ticket=tickets, message=numbers, key=keys)
def test_what_is_sealed_is_read_in_any_case(ticket, message, key):
    text = sealed_message_id(ticket, message, domain="Help.example", keys=[key])
    for spelt in (text, text.upper(), text.swapcase()):
        claim = read_message_id(spelt, [key])
        assert (claim.standing, claim.ticket, claim.message) == (Standing.GOOD, ticket, message)


@given(ticket=tickets, other=tickets, message=numbers, another=numbers)
def test_a_seal_fits_no_other_conversation_recipient_or_message(ticket, other, message, another):
    text = sealed_message_id(ticket, message, domain="h.example", keys=KEYS)
    moved = sealed_message_id(other, another, domain="h.example", keys=KEYS)
    seal, head = text.split("@")[0].rsplit(".", 1)[1], moved.split("@")[0].rsplit(".", 1)[0]
    is_same = (ticket, message) == (other, another)
    assert (standing(f"{head}.{seal}@h.example>") is Standing.GOOD) == is_same
    assert is_address_seal(address_seal(ticket, KEYS), other, KEYS) == (ticket == other)


@given(
    ticket=tickets,
    key=keys,
    place=st.integers(0, 51),
    letter=st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"),
)
def test_no_letter_of_a_seal_may_be_another(ticket, key, place, letter):
    seal = address_seal(ticket, [key])
    changed = f"{seal[:place]}{letter}{seal[place + 1 :]}"
    assert is_address_seal(changed, ticket, [key]) == (changed == seal)


@given(text=st.text())
def test_whatever_stands_there_is_read_without_an_error(text):
    claim = read_message_id(text, KEYS)
    assert claim is None or claim.standing is not Standing.GOOD
    assert not is_address_seal(text, DANA, KEYS)


@given(guess=st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=52, max_size=52))
def test_a_guess_opens_nothing(guess):
    assert not is_address_seal(guess, DANA, KEYS)
    assert standing(f"{HEAD}.{guess}@help.example>") is Standing.BROKEN


@given(numbers, numbers, numbers)
def test_a_side_thread_and_a_conversation_are_never_taken_for_one_another(place, whom, message):
    ours = sealed_message_id(
        Ticket(conversation=place, recipient=whom), message, domain="help.example", keys=KEYS
    )
    aside = side_message_id(
        SideTicket(side_thread=place, party=whom), message, domain="help.example", keys=KEYS
    )
    assert read_side_message_id(ours, KEYS) is None
    assert read_message_id(aside, KEYS) is None
    claim = read_side_message_id(aside.upper(), KEYS)
    assert (claim.standing, claim.ticket.side_thread, claim.message) == (Standing.GOOD, place, message)
    assert read_side_message_id(aside, (FOREIGN,)).standing is Standing.BROKEN
    of_case = address_seal(Ticket(conversation=place, recipient=whom), KEYS)
    assert not is_address_seal(of_case, SideTicket(side_thread=place, party=whom), KEYS)
