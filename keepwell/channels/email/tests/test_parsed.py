"""A parsed mail on its way from the child to the parent."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from keepwell.channels.email.parsed import DeliveryReport, MailFile, ParsedMail, Party, as_json, from_json

MAIL = ParsedMail(
    from_addresses=(Party(address="dana@elmfalls.example", name="Dana"),),
    sender=Party(address="list@elmfalls.example"),
    to=(Party(address="help@keepwell.example"),),
    subject="The printer is silent",
    message_id="<1@elmfalls.example>",
    references=("<0@keepwell.example>",),
    sent_at=datetime(2026, 11, 2, 9, tzinfo=UTC),
    body_text="It says nothing.",
    attachments=(MailFile(name="log.txt", content_type="text/plain", size=3, sha256="ab", file="1"),),
    headers=(("authentication-results", "mx; dkim=pass"), ("authentication-results", "other; dkim=fail")),
    delivery_reports=(DeliveryReport(final_recipient="x@y.example", status="5.1.1"),),
    warnings=("The date could not be read.",),
)


def test_a_mail_arrives_as_it_left():
    assert from_json(json.loads(json.dumps(as_json(MAIL)))) == MAIL


def test_a_mail_that_says_nothing_arrives_too():
    assert from_json(json.loads(json.dumps(as_json(ParsedMail())))) == ParsedMail()
    assert ParsedMail().author is None


def test_headers_are_found_by_name_in_the_order_of_the_mail():
    assert MAIL.all_of("Authentication-Results") == ["mx; dkim=pass", "other; dkim=fail"]
    assert MAIL.header("AUTHENTICATION-RESULTS") == "mx; dkim=pass"
    assert MAIL.header("Auto-Submitted") == ""
