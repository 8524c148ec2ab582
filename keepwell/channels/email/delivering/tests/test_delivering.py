"""Mail servers deliver over a real connection: yes is said only once the mail is committed."""

from __future__ import annotations

import asyncio
import smtplib
import socket
import threading
from collections.abc import Iterator

import pytest
from django.db import OperationalError

from keepwell.channels.email.delivering import door, taking
from keepwell.channels.email.delivering.door import Door, ListenRefused, open_door
from keepwell.channels.email.verbs.mailboxes import add_mailbox, put_out_of_use
from keepwell.channels.models import CameBy, InboundMail, RawMail
from tests import cast

RAW = b"From: dana@elmfalls.example\r\nSubject: Silent\r\n\r\nIt says nothing.\r\n"
HELP, SALES = "help@keepwell.example", "sales@keepwell.example"
DANA = "dana@elmfalls.example"


@pytest.fixture
def listening(transactional_db: None) -> Iterator[dict[str, int]]:
    """Both doors, in a loop of their own, as in a worker."""
    ports = {kind: _free_port() for kind in ("lmtp", "smtp")}
    opened, over = threading.Event(), asyncio.Event()
    loop = asyncio.new_event_loop()

    async def serve() -> None:
        async with (
            open_door(f"lmtp://127.0.0.1:{ports['lmtp']}"),
            open_door(f"smtp://127.0.0.1:{ports['smtp']}"),
        ):
            while not all(_answers(port) for port in ports.values()):
                await asyncio.sleep(0.01)
            opened.set()
            await over.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=[serve()])
    thread.start()
    assert opened.wait(30)
    for address in (HELP, SALES):
        add_mailbox(address, by=cast.CAST)
    yield ports
    loop.call_soon_threadsafe(over.set)
    thread.join(30)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def deliver(port: int, *to: str, raw: bytes = RAW, by: type[smtplib.SMTP] = smtplib.LMTP) -> list[bytes]:
    """The mail server's side: the answer for each recipient, or the one to the mail."""
    with by("127.0.0.1", port) as client:
        client.ehlo_or_helo_if_needed()
        assert client.mail(DANA)[0] == 250
        for address in to:
            code, words = client.rcpt(address)
            if code != 250:
                return [b"%d %s" % (code, words)]
        code, words = client.data(raw)
        answers = [b"%d %s" % (code, words)]
        if by is smtplib.LMTP:
            answers += [b"%d %s" % client.getreply() for _other in to[1:]]
        return answers


def test_yes_means_that_it_is_committed_byte_for_byte(listening):
    assert deliver(listening["lmtp"], HELP) == [b"250 2.0.0 Kept"]
    raw = RawMail.objects.get()
    assert (bytes(raw.content), raw.came_by, raw.envelope_sender) == (RAW, CameBy.LMTP, DANA)
    assert raw.envelope_recipients == [HELP]


def test_delivered_again_because_our_answer_was_lost_it_is_one_mail(listening):
    for _time in range(3):
        assert deliver(listening["lmtp"], HELP) == [b"250 2.0.0 Kept"]
    assert InboundMail.objects.count() == 1


def test_to_two_mailboxes_each_has_its_own_and_lmtp_an_answer_for_each(listening):
    assert deliver(listening["lmtp"], HELP, SALES) == [b"250 2.0.0 Kept"] * 2
    assert deliver(listening["smtp"], HELP, SALES, by=smtplib.SMTP) == [b"250 2.0.0 Kept"]
    assert InboundMail.objects.count() == 2


def test_a_reply_address_leads_to_its_mailbox(listening):
    assert deliver(listening["smtp"], "Help+seal@keepwell.example", by=smtplib.SMTP) == [b"250 2.0.0 Kept"]
    assert RawMail.objects.get().mailbox.address == HELP


def test_an_address_that_is_none_of_ours_is_refused_before_the_mail(listening):
    [answer] = deliver(listening["lmtp"], "somebody@keepwell.example")
    assert answer.startswith(b"550 5.1.1 No mailbox in use here")
    put_out_of_use(add_mailbox(SALES, by=cast.CAST), by=cast.CAST)
    assert deliver(listening["lmtp"], SALES)[0].startswith(b"550")


@pytest.mark.parametrize("place", ["mailbox_of", "receive_mail"])
def test_with_the_database_away_the_mail_server_keeps_it(listening, monkeypatch, place):
    def is_away(*_given, **_more):
        raise OperationalError("the database is away")

    monkeypatch.setattr(taking, place, is_away)
    assert deliver(listening["lmtp"], HELP) == [b"451 4.3.0 It cannot be kept now. Keep it and try again"]
    assert not RawMail.objects.exists()


def test_one_of_two_mailboxes_cannot_keep_it_so_it_comes_again_and_the_other_has_it_once(
    listening, monkeypatch
):
    receive, is_away = taking.receive_mail, [True]

    def fails_for_sales(raw, mailbox, came):
        if mailbox.address == SALES and is_away.pop():
            raise OperationalError("away")
        return receive(raw, mailbox, came)

    monkeypatch.setattr(taking, "receive_mail", fails_for_sales)
    [answer] = deliver(listening["smtp"], HELP, SALES, by=smtplib.SMTP)
    assert answer.startswith(b"451")
    is_away.append(False)
    assert deliver(listening["smtp"], HELP, SALES, by=smtplib.SMTP) == [b"250 2.0.0 Kept"]
    assert InboundMail.objects.count() == 2


def test_too_large_is_refused_in_words_and_nothing_is_kept(listening, monkeypatch):
    monkeypatch.setattr(door, "STORED_BYTES", 1000)
    [answer] = deliver(listening["lmtp"], HELP, raw=RAW + b"x" * 70 + b"\r\n" + b"y" * 2000)
    assert answer.startswith(b"552 Error: Too much mail data")
    assert not RawMail.objects.exists()


def test_one_that_is_never_taken_is_refused_in_words(listening, monkeypatch):
    monkeypatch.setattr("keepwell.channels.email.arrivals.STORED_BYTES", 10)
    [answer] = deliver(listening["lmtp"], HELP)
    assert b"larger than" in answer


def test_lines_longer_than_the_rfc_allows_are_taken_as_they_are(listening):
    raw = RAW + b"x" * 100_000 + b"\r\n"
    assert deliver(listening["lmtp"], HELP, raw=raw) == [b"250 2.0.0 Kept"]
    assert bytes(RawMail.objects.get().content) == raw


@pytest.mark.parametrize("text", ["127.0.0.1:8024", "http://127.0.0.1:8024", "lmtp://:x", "lmtp://host"])
def test_what_cannot_be_listened_on_is_said(text):
    with pytest.raises(ListenRefused, match="lmtp://127"):
        Door.parse(text)


def test_where_it_listens_is_read():
    assert Door.parse("smtp://0.0.0.0:2525") == Door(kind="smtp", host="0.0.0.0", port=2525)
