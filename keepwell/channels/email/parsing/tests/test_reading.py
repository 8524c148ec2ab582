"""What mails say, whatever they look like."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime

import pytest

from keepwell.channels.email.parsed import Party
from keepwell.channels.email.parsing import limits
from keepwell.channels.email.parsing.addresses import parties
from keepwell.channels.email.parsing.charsets import decode, known
from keepwell.channels.email.parsing.contents import parameter
from keepwell.channels.email.parsing.dates import sent_at
from keepwell.channels.email.parsing.headers import decoded
from keepwell.channels.email.parsing.html_text import text_of
from keepwell.channels.email.parsing.ids import ids, own_id
from keepwell.channels.email.parsing.reading import read_mail
from keepwell.channels.email.tests import hostile
from keepwell.channels.email.understanding.automatic import ANSWERED, LISTED

DANA = Party(address="dana@elmfalls.example", name="Dana Olsen")


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("Dana Olsen <dana@elmfalls.example>", [DANA]),
        ('"Olsen, Dana" <dana@elmfalls.example>', [Party(address=DANA.address, name="Olsen, Dana")]),
        ("Olsen, Dana <dana@elmfalls.example>", [Party(address=DANA.address, name="Olsen, Dana")]),
        ("dana@elmfalls.example (Dana (at work))", [Party(address=DANA.address, name="Dana (at work)")]),
        ("dana@elmfalls.example", [Party(address=DANA.address)]),
        ("<dana@elmfalls.example>", [Party(address=DANA.address)]),
        ("=?utf-8?q?Dan=C3=A9?= <dana@elmfalls.example>", [Party(address=DANA.address, name="Dané")]),
        ('"=?utf-8?q?Dana?=" <dana@elmfalls.example>', [Party(address=DANA.address, name="Dana")]),
        ("=?utf-8?q?Dana_Olsen_=3Cdana=40elmfalls=2Eexample=3E?=", [DANA]),
        ("Team: a@x.example, b@x.example;", [Party(address="a@x.example"), Party(address="b@x.example")]),
        ("undisclosed-recipients:;", []),
        ("<@relay.example:dana@elmfalls.example>", [Party(address=DANA.address)]),
        ("a@x.example; b@x.example", [Party(address="a@x.example"), Party(address="b@x.example")]),
        ("", []),
        (",,;<>", []),
        ("only a name", [Party(address="", name="only a name")]),
        ('"Dana \\"D\\" Olsen" <d@x.example>', [Party(address="d@x.example", name='Dana "D" Olsen')]),
        ("Dana\u202e <d@x.example>", [Party(address="d@x.example", name="Dana")]),
        ('"never closed <d@x.example>', [Party(address="never closed <d@x.example>", name="")]),
    ],
)  # fmt: skip
def test_addresses_as_they_are_written(written, people):
    if written.startswith('"never'):
        assert len(parties(written)) == 1
    else:
        assert list(parties(written)) == people


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("=?utf-8?B?SGVsbG8=?= =?utf-8?B?IERhbmE=?=", "Hello Dana"),
        ("=?utf-8?B?w?= =?utf-8?B?6Q==?=", None),
        ("=?utf-8?Q?Caf=C3?= =?utf-8?Q?=A9?=", "Café"),
        ("=?iso-8859-1*de?Q?Gr=FC=DFe?=", "Grüße"),
        ("a =?utf-8?Q?b?= c", "a b c"),
        ("=?x-unknown?Q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?Q?open", "=?utf-8?Q?open"),
        ("folded\r\n over\n\tlines", "folded over lines"),
        ("no\x00thing", "nothing"),
        (b"Gr\xfc\xdfe aus K\xf6ln".decode("ascii", "surrogateescape"), "Grüße aus Köln"),
    ],
)  # fmt: skip
def test_headers_are_decoded_and_never_fail(written, said):
    assert said is None or decoded(written) == said


def test_charsets_by_any_name():
    assert decode("漢字".encode("gb18030"), "iso-gb2312") == "漢字"
    assert decode("프린터".encode("cp949"), "ks_c_5601-1987") == "프린터"
    assert decode("“quoted”".encode("cp1252"), "iso-8859-1") == "“quoted”"
    assert decode("Grüße".encode(), "us-ascii") == "Grüße"
    assert decode(b"a\x00b\xed\xa0\x80", "utf-8").startswith("ab")
    assert known("idna") == known("rot13") == known("unicode_escape") == known("x" * 1000) == ""


@pytest.mark.parametrize("name", [name for name, _raw in hostile.broken_charsets()])
def test_every_broken_charset_gives_text_that_the_database_takes(name):
    mail = read_mail(dict(hostile.broken_charsets())[name])
    for text in (mail.subject, mail.body_text):
        assert text
        assert "\x00" not in text
        text.encode()


def test_the_date_with_and_without_a_zone_and_where_it_is_none():
    assert sent_at("Mon, 2 Nov 2026 09:14:00 +0100") == datetime(2026, 11, 2, 8, 14, tzinfo=UTC)
    assert sent_at("Mon, 2 Nov 2026 09:14:00") == datetime(2026, 11, 2, 9, 14, tzinfo=UTC)
    for broken in (
        "",
        "yesterday",
        "Mon, 99 Nov 2026 09:14:00 +0000",
        "1" * 5000,
    ):
        assert sent_at(broken) is None


def test_ids_keep_their_brackets_and_come_once():
    assert ids("<a@x> <b@x>\r\n <a@x>", "<c@x>") == ("<a@x>", "<b@x>", "<c@x>")
    assert own_id("no.brackets@x") == "<no.brackets@x>"
    assert own_id("") == ""
    assert len(ids(" ".join(f"<{n}@x>" for n in range(5000)))) == limits.IDS


def test_names_of_files_in_every_way():
    assert parameter("attachment; filename=a.txt", "filename") == "a.txt"
    assert parameter('attachment; filename="a; b.txt"', "filename") == "a; b.txt"
    assert parameter("attachment; filename*=utf-8''Gr%C3%BC%C3%9Fe.pdf", "filename") == "Grüße.pdf"
    assert (
        parameter("attachment; filename*0*=utf-8''Gr%C3; filename*1*=%BC%C3%9Fe; filename*2=.pdf", "filename")
        == "Grüße.pdf"
    )
    assert parameter('attachment; filename="=?utf-8?Q?Gr=C3=BC=C3=9Fe=2Epdf?="', "filename") == "Grüße.pdf"
    assert parameter("attachment", "filename") == ""


def _mail(body: str, kind: str = "multipart/mixed; boundary=b", more: str = "") -> bytes:
    head = "From: Dana Olsen <dana@elmfalls.example>\nTo: help@keepwell.example\nSubject: Hello\n"
    return (head + f"Date: Mon, 2 Nov 2026 09:14:00 +0000\n{more}Content-Type: {kind}\n\n{body}").encode()


def test_of_alternatives_the_plain_one_is_read_and_the_html_is_kept():
    parts = "--b\n\nplain\n--b\nContent-Type: text/html\n\n<p>rich</p>\n--b--\n"
    mail = read_mail(_mail(parts, "multipart/alternative; boundary=b"))
    assert (mail.body_text, mail.body_html) == ("plain", "<p>rich</p>")
    empty = read_mail(_mail(parts.replace("plain", " "), "multipart/alternative; boundary=b"))
    assert empty.body_text == "rich"


def test_files_are_written_under_their_numbers(tmp_path):
    content = base64.b64encode(b"\x89PNG").decode()
    head = "Content-Type: image/png; name=a.png\nContent-ID: <x@y>\nContent-Transfer-Encoding: base64"
    part = f"{head}\n\n{content}\n"
    mail = read_mail(_mail(f"--b\n\nsee\n--b\n{part}--b--\n"), tmp_path)
    (file,) = mail.attachments
    assert (file.name, file.content_type, file.size, file.content_id, file.is_inline) == (
        "a.png",
        "image/png",
        4,
        "x@y",
        True,
    )
    assert file.sha256 == hashlib.sha256(b"\x89PNG").hexdigest()
    assert (tmp_path / file.file).read_bytes() == b"\x89PNG"


def test_a_mail_in_a_mail_and_an_invitation_are_files(tmp_path):
    inner = "Content-Type: message/rfc822\n\nSubject: The first one\n\nold words\n"
    invitation = "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\n"
    mail = read_mail(_mail(f"--b\n\nsee\n--b\n{inner}--b\n{invitation}--b--\n"), tmp_path)
    assert [file.name for file in mail.attachments] == ["The first one.eml", "part.ics"]
    assert b"old words" in (tmp_path / "1").read_bytes()
    assert mail.body_text == "see"


def test_a_report_of_a_server_names_the_mail_that_came_back():
    status = (
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
        "Final-Recipient: rfc822; dana@elmfalls.example\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 no such user\n\n"
    )
    original = "Content-Type: text/rfc822-headers\n\nMessage-ID: <1@keepwell.example>\nSubject: x\n\n"
    kind = "multipart/report; report-type=delivery-status; boundary=b"
    mail = read_mail(_mail(f"--b\n\nIt came back.\n--b\n{status}--b\n{original}--b--\n", kind))
    (report,) = mail.delivery_reports
    assert (report.final_recipient, report.action, report.status) == (
        "dana@elmfalls.example",
        "failed",
        "5.1.1",
    )
    assert (report.diagnostic, report.message_id) == ("550 no such user", "<1@keepwell.example>")


def test_headers_for_a_decision_keep_their_order_and_others_are_left_out():
    more = "Authentication-Results: mx.ours; dmarc=pass\nX-Secret: no\n"
    more += "Authentication-Results: other; dmarc=fail\n"
    mail = read_mail(_mail("hello", "text/plain", more + "Auto-Submitted: auto-replied\nList-Id: <l.x>\n"))
    assert mail.all_of("Authentication-Results") == ["mx.ours; dmarc=pass", "other; dmarc=fail"]
    assert mail.header("auto-submitted") == "auto-replied"
    assert mail.header("list-id") == "<l.x>"
    assert mail.header("x-secret") == ""


@pytest.mark.parametrize("name", [*ANSWERED, *LISTED])
def test_what_tells_a_machine_by_its_mere_presence_is_kept(name):
    assert read_mail(_mail("hello", "text/plain", f"{name.title()}: yes\n")).header(name) == "yes"


def test_two_senders_are_kept_and_said():
    mail = read_mail(b"From: a@x.example\nFrom: b@x.example\nDate: Mon, 2 Nov 2026 09:14:00 +0000\n\nx")
    assert [party.address for party in mail.from_addresses] == ["a@x.example", "b@x.example"]
    assert mail.warnings == ("The mail names more than one sender.",)


def test_html_as_text():
    html = """<title>t</title><style>p{}</style><p>Hello&nbsp;Dana,<br>
    see <a href="https://x.example/a">here</a></p>
    <ul><li>one<li>two</ul><pre>a\n  b</pre>Maria wrote:
    <blockquote>quoted<blockquote>deep</blockquote></blockquote>"""
    lines = text_of(html).split("\n")
    assert lines[:2] == ["Hello Dana,", "see here <https://x.example/a>"]
    assert {"- one", "- two", "a", "  b", "> quoted", "> > deep"} <= set(lines)
    assert text_of("<script>alert(1)</script>") == ""
    assert text_of("") == ""


def test_beyond_the_limits_only_the_headers_are_read():
    mail = read_mail(hostile.tiny_parts(1_000))
    assert (mail.is_opened, mail.subject, mail.author.address) == (False, "tiny", "dana@elmfalls.example")
    assert read_mail(hostile.nested_parts(30)).warnings[0].startswith("The mail has parts more than 20 deep")
    assert read_mail(hostile.nested_parts(19)).body_text == "the innermost"
    large = read_mail(hostile.HEAD + b"Subject: large\n\n" + b"x" * limits.OPENED_BYTES)
    assert (large.is_opened, large.subject) == (False, "large")


def test_a_header_beyond_its_limit_is_left_out_and_said():
    mail = read_mail(hostile.encoded_words(100_000))
    assert mail.subject == ""
    assert mail.body_text == "words"
    assert mail.warnings == ("A header is longer than 64 kB and was left out.",)
