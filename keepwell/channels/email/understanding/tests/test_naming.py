"""What a mail names by itself."""

from __future__ import annotations

from base64 import b64encode

import pytest

from keepwell.channels.email.parsed import ParsedMail, Party
from keepwell.channels.email.understanding.evidence import Via
from keepwell.channels.email.understanding.naming import named_by, thread_of
from keepwell.channels.email.understanding.signing import Ticket, address_seal, sealed_message_id

KEYS = [b"k" * 32]
DANA = Ticket(conversation=18, recipient=7)
SEAL = address_seal(DANA, KEYS)
SEALED = sealed_message_id(DANA, 93, domain="help.example", keys=KEYS)
OURS = {"support@help.example"}
INDEX = b64encode(b"\x01" + b"t" * 5 + b"g" * 16 + b"reply").decode()


def named(**said):
    return named_by(ParsedMail(**said), OURS, KEYS)


@pytest.mark.parametrize(
    "said",
    [
        {"to": (Party(address=f"support+{SEAL}@help.example"),)},
        {"cc": (Party(address=f"Support+{SEAL.upper()}@Help.Example"),)},
        {"headers": (("delivered-to", f"support+{SEAL}@help.example"),)},
        {"headers": (("x-original-to", f"<support+{SEAL}@help.example>"),)},
    ],
)
def test_a_reply_address_is_found_wherever_the_mail_was_sent(said):
    assert named(**said).seals == (SEAL,)


def test_a_truncated_seal_is_noticed_and_a_tag_of_somebody_is_not():
    assert named(to=(Party(address=f"support+{SEAL[:30]}@help.example"),)).seals == (SEAL[:30],)
    assert named(to=(Party(address="support+printers@help.example"),)).seals == ()
    assert named(to=(Party(address=f"support+{SEAL}@elsewhere.example"),)).seals == ()


def test_the_answered_mail_comes_first_and_then_the_newest():
    found = named(in_reply_to=(SEALED,), references=("<a@x>", SEALED, "<b@x>"))
    assert [(via, claim.ticket) for via, claim in found.claims] == [(Via.IN_REPLY_TO, DANA)]
    assert found.ids == ("<b@x>", "<a@x>")


def test_however_many_a_mail_names_fifty_are_looked_up():
    many = tuple(f"<{number}@x>" for number in range(1000))
    assert named(references=many).ids == tuple(reversed(many[-50:]))
    addresses = tuple(
        Party(address=f"support+{SEAL[:40]}{'a' * 5}{letter}@help.example") for letter in "bcdefgh" * 20
    )
    assert len(named(to=addresses).seals) == 7


@pytest.mark.parametrize(
    ("subject", "number"),
    [
        ("Re: The printer is silent [#1010]", 1010),
        ("[#7] and [#8]", 7),
        ("Ticket #1010", None),
        ("[#0]", None),
        (f"[#{'9' * 19}]", None),
        ("[#٣]", None),
        ("", None),
    ],
)
def test_the_number_of_a_case_is_read_as_we_write_it(subject, number):
    assert named(subject=subject).number == number


def test_replies_of_one_thread_have_one_index_at_their_head():
    assert thread_of(INDEX) == thread_of(b64encode(b"\x01" + b"t" * 5 + b"g" * 16).decode()) != ""
    assert thread_of(f" {INDEX[:10]}\r\n {INDEX[10:]}") == thread_of(INDEX)


@pytest.mark.parametrize("index", ["", "short", "no base64 at all!", "AAAA", "ü" * 40])
def test_what_is_no_thread_index_names_nothing(index):
    assert thread_of(index) == ""
