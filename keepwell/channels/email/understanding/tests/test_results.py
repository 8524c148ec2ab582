"""Authentication-Results as hosts write them, and as somebody would write them to be misunderstood."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwell.channels.email.understanding.results import Unreadable, claimed_host, read_results


def dmarc(text: str) -> list[tuple[str, str]]:
    return [(one.value, one.only("header.from")) for one in read_results(text).of("dmarc")]


# RFC 8601 appendix B, and the shapes of hosts that many people use.
READ = {
    "example.org 1; none": ("example.org", []),
    "example.com; spf=pass smtp.mailfrom=example.net": ("example.com", []),
    "example.com; auth=pass (cram-md5) smtp.auth=sender@example.net;\n spf=pass smtp.mailfrom=example.net": (
        "example.com",
        [],
    ),
    "mx.host.example;\r\n\tdkim=pass header.i=@a.example header.s=s1 header.b=Ab/c+d=;\r\n\tspf=pass "
    "(host.example: domain of b+x=y@a.example designates 192.0.2.1 as permitted sender) "
    "smtp.mailfrom=b+x=y@a.example;\r\n\tdmarc=pass (p=NONE sp=NONE dis=NONE) header.from=a.example": (
        "mx.host.example",
        [("pass", "a.example")],
    ),
    "MX.Example; DMARC=Pass Header.From=A.example": ("mx.example", [("pass", "A.example")]),
    '"mx.example/0C5B13"; dmarc=fail reason="p=reject; really" header.from=a.example': (
        "mx.example/0c5b13",
        [("fail", "a.example")],
    ),
    "mx.example; dmarc=pass action=none header.from=a.example;": ("mx.example", [("pass", "a.example")]),
    "mx (the (inner \\) one)) 1 (v) ; dmarc (m) / 1 = (r) pass (x) header . from = (y) a.example": (
        "mx",
        [("pass", "a.example")],
    ),
    'mx; dmarc=pass header.from="a.example"': ("mx", [("pass", "a.example")]),
    'mx; spf=pass smtp.mailfrom="a b"@c.example; dmarc=none header.from=c.example': (
        "mx",
        [("none", "c.example")],
    ),
}


@pytest.mark.parametrize("text", READ, ids=range(len(READ)))
def test_what_hosts_write_is_read(text):
    host, verdicts = READ[text]
    assert (read_results(text).host, dmarc(text)) == (host, verdicts)


HIDDEN = {
    "mx; dmarc=fail (dmarc=pass header.from=a.example) header.from=a.example": [("fail", "a.example")],
    'mx; spf=pass smtp.mailfrom="x;dmarc=pass header.from=a.example"': [],
    'mx; spf=pass reason="\\"; dmarc=pass header.from=a.example"': [],
    "mx; x-dmarc=pass header.from=a.example": [],
    "mx; dmarc=pass header.from=a.example header.from=b.example": [("pass", "")],
    "mx; dmarc=pass": [("pass", "")],
    "mx; dmarc=pass smtp.from=a.example": [("pass", "")],
}


@pytest.mark.parametrize("text", HIDDEN)
def test_words_in_comments_and_quotes_are_no_verdict(text):
    assert dmarc(text) == HIDDEN[text]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mx",
        "mx;",
        "mx;;",
        "; dmarc=pass header.from=a.example",
        "dmarc=pass header.from=a.example",
        "spf=pass smtp.mailfrom=a.example; dmarc=pass action=none header.from=a.example",
        "mx 2; dmarc=pass header.from=a.example",
        "mx; dmarc/2=pass header.from=a.example",
        "mx dmarc=pass header.from=a.example",
        "mx; dmarc pass",
        "mx; dmarc=",
        "mx; dmarc=pass header.from=",
        "mx; dmarc=pass header.from=a.example garbage",
        "mx; none; dmarc=pass header.from=a.example",
        "mx; dmarc=pass header.from=a.example;; spf=pass",
        "mx (unclosed; dmarc=pass header.from=a.example",
        "mx) ; dmarc=pass header.from=a.example",
        'mx; dmarc="pass" header.from=a.example',
        'mx; dmarc=pass header.from="a.example',
        "mx; dmarc=pass header.from=a.example" + " " * 9000,
    ],
)
def test_what_breaks_the_grammar_is_refused_as_a_whole(text):
    with pytest.raises(Unreadable):
        read_results(text)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("MX.example; rubbish", "mx.example"),
        ("(c) mx.example", "mx.example"),
        ("dmarc=pass", ""),
        ("", ""),
        ("(", ""),
        ('"mx.example";', "mx.example"),
    ],
)
def test_a_header_that_cannot_be_read_still_names_its_host(text, host):
    assert claimed_host(text) == host


@given(st.text(alphabet='mx;=."\\() \tdarcpsfhe1/\n', max_size=200) | st.text(max_size=200))
def test_any_text_is_read_or_refused(text):
    with suppress(Unreadable):
        assert read_results(text).host
    claimed_host(text)


@pytest.mark.parametrize("letter", ["(", "mx;(", '"', "\\", "a.", "x=y "])
def test_a_long_hostile_header_comes_to_an_end(letter):
    with suppress(Unreadable):
        read_results("mx; dmarc=pass " + letter * (8000 // len(letter)))
