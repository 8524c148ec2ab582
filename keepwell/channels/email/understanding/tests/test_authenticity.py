"""Whose word counts for who wrote a mail."""

from __future__ import annotations

import pytest

from keepwell.channels.email.parsed import ParsedMail, Party
from keepwell.channels.email.understanding.authenticity import authenticity
from keepwell.channels.email.understanding.evidence import Proof

OURS = frozenset({"mx.help.example"})
PASS = "mx.help.example; dmarc=pass header.from=elmfalls.example"
FAIL = "mx.help.example; dmarc=fail header.from=elmfalls.example"
DKIM = "mx.help.example; dkim=pass header.d=elmfalls.example"
THEIRS = "mx.elsewhere.example; dmarc=pass header.from=elmfalls.example"
HOP = ("received", "from a by b")


def proof(*results: str | tuple[str, str], trusted=OURS, authors=("dana@elmfalls.example",)) -> Proof:
    headers = tuple(one if isinstance(one, tuple) else ("authentication-results", one) for one in results)
    mail = ParsedMail(headers=headers, from_addresses=tuple(Party(address=each) for each in authors))
    return authenticity(mail, trusted).proof


PASSED, UNKNOWN, FAILED, FORGED = Proof

TABLE = [
    ("our host says that it passed", [PASS], PASSED),
    ("in several headers", [DKIM, PASS], PASSED),
    ("the same said twice", [PASS, PASS], PASSED),
    ("a line of ours above it", [HOP, PASS, HOP], PASSED),
    ("our host says that it failed", [FAIL], FAILED),
    ("passed, and unreadable beside it", [PASS, "mx.help.example; rubbish"], UNKNOWN),
    ("nobody says anything", [], UNKNOWN),
    ("our host says nothing of DMARC", [DKIM], UNKNOWN),
    ("the domain asks for nothing", [PASS.replace("pass", "none")], UNKNOWN),
    ("the domain could not be asked", [PASS.replace("pass", "temperror")], UNKNOWN),
    ("a host we do not know", [THEIRS], UNKNOWN),
    ("a stranger's beside ours", [PASS, THEIRS], PASSED),
    ("a stranger's above ours", [THEIRS, PASS], FORGED),
    ("ours again below a hop", [PASS, HOP, PASS], FORGED),
    ("ours below a stranger's", [PASS, THEIRS, PASS], FORGED),
    ("ours says fail, and pass further down", [FAIL, HOP, PASS], FORGED),
    ("ours says fail, and pass right below", [FAIL, PASS], FORGED),
    ("ours says pass for another, and right below for this one", [PASS.replace("elm", "oak"), PASS], FORGED),
    ("unreadable in our name on top", ["mx.help.example; rubbish", PASS], UNKNOWN),
    ("unreadable in our name alone", ["mx.help.example; rubbish"], UNKNOWN),
    ("unreadable in our name further down", [PASS, HOP, "mx.help.example; rubbish"], FORGED),
    ("unreadable in no name", ["dmarc=pass header.from=elmfalls.example"], UNKNOWN),
    ("a name that begins as ours", [PASS.replace("mx.help.example", "mx.help.example.evil")], UNKNOWN),
    ("a name that ends as ours", [PASS.replace("mx.help.example", "evil.mx.help.example")], UNKNOWN),
    ("passed for another domain", [PASS.replace("elmfalls", "evil")], FAILED),
    ("passed for a domain above", [PASS.replace("elmfalls.example", "example")], FAILED),
    ("passed for a domain below", [PASS.replace("elmfalls", "mail.elmfalls")], FAILED),
    ("passed for nobody", ["mx.help.example; dmarc=pass"], FAILED),
    (
        "passed in a comment",
        ["mx.help.example; dmarc=fail (dmarc=pass) header.from=elmfalls.example"],
        FAILED,
    ),
]


@pytest.mark.parametrize(("results", "expected"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_from_line_is_proven_by_our_host_on_top_alone(results, expected):
    assert proof(*results) is expected


def test_capitals_make_no_difference():
    assert proof(PASS.upper(), trusted={"MX.Help.Example"}, authors=["Dana@ElmFalls.Example"]) is PASSED


def test_an_international_domain_is_compared_as_mail_writes_it():
    says = "mx.help.example; dmarc=pass header.from=xn--bcher-kva.example"
    assert proof(says, authors=["dana@bücher.example"]) is PASSED


@pytest.mark.parametrize(
    "authors",
    [
        [],
        ["dana@elmfalls.example", "evil@elmfalls.example"],
        ["dana@evil.example"],
        [""],
        ["dana"],
        ["dana@elmfalls.example@evil.example"],
    ],
)
def test_a_pass_is_for_the_one_author_whose_domain_it_names(authors):
    assert proof(PASS, authors=authors) is FAILED


def test_without_hosts_to_trust_nothing_is_proven():
    assert proof(PASS, trusted=()) is UNKNOWN


def test_two_hosts_of_ours_do_not_vouch_for_each_other():
    other = PASS.replace("mx.help", "mx2.help")
    assert proof(FAIL, other, trusted=OURS | {"mx2.help.example"}) is FORGED


def test_another_host_of_ours_right_below_was_not_cleaned_by_the_one_on_top():
    other = PASS.replace("mx.help", "mx2.help")
    assert proof(DKIM, other, trusted=OURS | {"mx2.help.example"}) is FORGED


def test_the_host_that_says_so_is_named():
    mail = ParsedMail(
        headers=(("authentication-results", PASS),), from_addresses=(Party(address="d@elmfalls.example"),)
    )
    assert authenticity(mail, OURS).host == "mx.help.example"
