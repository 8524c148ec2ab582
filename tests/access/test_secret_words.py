"""What staff write among themselves is in nothing that a customer gets: no page, no file, no mail.

What is told to open pages is looked at where it is told: keepwell/config/tests/test_secret_words.py.
"""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest

from keepwell.outbox.models import Outgoing
from tests.access.addresses import ROWS
from tests.access.rows import Door
from tests.access.secret_words import SECRET, TOLD, heard_in, write_them
from tests.access.walk import address_of, taken_back, text_of
from tests.canary import places_holding

READERS = ("dana", "carl", "follower")
SHOWN = [row for row in ROWS if row.method == "GET" and row.door in (Door.PORTAL_CASE, Door.PORTAL_OWN)]


@pytest.fixture
def written(scene):
    with taken_back():
        write_them(scene.case, maria=scene.maria, theo=scene.theo, at=scene.at)
        yield scene


@pytest.mark.django_db
def test_each_of_these_words_was_written_somewhere(written):
    assert [word for word in SECRET if not places_holding(word)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("row", SHOWN, ids=[row.key for row in SHOWN])
def test_no_page_of_a_customer_has_them(written, row):
    for who in READERS:
        page = text_of(written.browser(who).get(address_of(written, row)))
        assert heard_in(page) == []


@pytest.mark.django_db
def test_the_pages_were_those_of_the_case(written):
    page = text_of(written.browser("dana").get(f"/portal/cases/{written.case.number}/"))
    assert TOLD in page


@pytest.mark.django_db
def test_no_mail_has_them_in_any_of_its_parts(written):
    mails = [mail_text(bytes(mail.raw)) for mail in Outgoing.objects.all()]
    assert any(TOLD in mail for mail in mails)
    assert [word for mail in mails for word in heard_in(mail)] == []


def mail_text(raw: bytes) -> str:
    """Its head and every part of it, as it is read."""
    mail = message_from_bytes(raw, policy=policy.default)
    parts = [part.get_content() for part in mail.walk() if not part.is_multipart()]
    return "\n".join([*(f"{name}: {value}" for name, value in mail.items()), *map(str, parts)])
