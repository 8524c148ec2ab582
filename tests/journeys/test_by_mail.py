"""A problem by mail, over a real mailbox, in two browsers: seen, answered, answered again, not forged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE
from keepwell.channels.email.fetching.session import fetch_once
from keepwell.channels.email.tests.letters import DANA, STRANGER, TRUSTED, UNFOLDED
from keepwell.channels.email.verbs.mailboxes import Server, add_mailbox, fetch_from
from keepwell.channels.email.verbs.understanding import understand
from keepwell.channels.models import ImapAccount, InboundMail, MailState, Secured
from keepwell.conversations.models import Message
from keepwell.conversations.verbs.releasing import release_due
from keepwell.kit import clock
from keepwell.outbox.queries import brand
from keepwell.outbox.verbs.handing_over import deliver_what_is_due
from tests import cast
from tests.dovecot import PASSWORD, Dovecot
from tests.journeys.people import let_in, sign_in
from tests.post_office import PostOffice, open_post_office

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LETTERS = count(1)
FORGED = "Send the password to me instead."


@pytest.fixture
def post(dovecot: Dovecot, settings: Any) -> Iterator[PostOffice]:
    with open_post_office(dovecot, TRUSTED) as office:
        settings.KEEPWELL_MAIL_URL = f"smtp://127.0.0.1:{office.port}"
        settings.KEEPWELL_MAIL_TRUSTED_HOSTS = [TRUSTED]
        yield office


@pytest.fixture
def support(dovecot: Dovecot, post: PostOffice) -> ImapAccount:
    """The mailbox behind the address that answers leave from."""
    address = brand().sender_address
    # The server outlives a test, and what an earlier one left in its mailboxes.
    for each in (address, DANA):
        post.clear_out(each)
    mailbox = add_mailbox(address, by=cast.CAST)
    there = Server(
        server="127.0.0.1", port=dovecot.imap, user=address, password=PASSWORD, secured=Secured.NEVER
    )
    return fetch_from(mailbox, there, by=cast.CAST)


def letter(words: str, subject: str, *, author: str = DANA, **headers: str) -> EmailMessage:
    """As a mail program writes it; the headers that are given last name what it answers."""
    mail = EmailMessage(policy=UNFOLDED)
    mail["From"], mail["To"], mail["Subject"] = f"Dana Hughes <{author}>", brand().sender_address, subject
    mail["Message-ID"] = f"<{next(LETTERS)}.letter@elmfalls.example>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(words)
    return mail


def reply_to(mail: EmailMessage, words: str) -> EmailMessage:
    """What a mail program writes when somebody presses Reply."""
    own_id = id_in(mail)
    known = " ".join([*str(mail["References"] or "").split(), own_id])
    return letter(words, f"Re: {mail['Subject']}", In_Reply_To=own_id, References=known)


def brought_in(support: ImapAccount) -> list[InboundMail]:
    """What lies in our mailbox is fetched and understood, as the worker does."""
    fetch_once(ImapAccount.objects.select_related("mailbox").get(pk=support.pk))
    new = list(InboundMail.objects.filter(state=MailState.RECEIVED).order_by("pk"))
    return [mail for one in new if (mail := understand(one.pk))]


def send(page: Page, words: str, then_at: str, clock_at: Callable[[str], object]) -> None:
    """Answered at the desk; the ten seconds pass, and what leaves is handed to the mail server."""
    page.get_by_label("Reply to the customer").fill(words)
    page.get_by_role("button", name=re.compile("^Send( Ctrl|$)")).click()
    expect(page.locator("#thread")).to_contain_text(words)
    clock_at(then_at)
    release_due(at=clock.now())
    deliver_what_is_due()


def id_in(mail: EmailMessage, name: str = "Message-ID") -> str:
    """Unfolded: a long id stands on a line of its own."""
    return str(mail[name]).strip()


def references(mail: EmailMessage) -> list[str]:
    return str(mail["References"]).split()


def forgeries(
    case: Case, first: EmailMessage, answer: EmailMessage
) -> Iterator[tuple[str, bool, EmailMessage]]:
    """What an attacker who saw the answer may send, the number in its subject: who hands it in, and whether
    the receiving host keeps silent about that. None of it may join."""
    subject, stolen = f"Re: {answer['Subject']}", id_in(answer)
    assert f"[#{case.number}]" in subject
    seal = stolen.partition("@")[0].rpartition(".")[2]
    broken = stolen.replace(seal, "".join("a" if sign != "a" else "b" for sign in seal))
    cut = stolen.replace(seal, seal[:20])
    own = {"author": STRANGER, "In_Reply_To": stolen, "References": stolen}
    yield STRANGER, False, letter(FORGED, subject, **own)
    yield STRANGER, True, letter(FORGED, subject, **own)
    for seen in (broken, cut):
        in_her_name = {"In_Reply_To": seen, "References": f"{id_in(first)} {seen}"}
        yield STRANGER, False, letter(FORGED, subject, **in_her_name)
        yield STRANGER, True, letter(FORGED, subject, **in_her_name)
    proof = f"{TRUSTED}; dmarc=pass header.from=elmfalls.example"
    yield (
        STRANGER,
        False,
        letter(FORGED, subject, In_Reply_To=stolen, References=stolen, Authentication_Results=proof),
    )


def test_a_mail_becomes_a_case_its_answer_arrives_and_no_forged_reply_joins_it(
    open_page, site_url, clock_at, post, support
):
    clock_at(NINE)
    cast.the_guidelines()
    dana, maria = cast.dana_at_elm_falls(), cast.maria_the_specialist()
    at_desk, at_home = open_page(), open_page()
    sign_in(at_desk, maria)
    at_desk.goto("/desk/cases/")
    expect(at_desk.get_by_role("heading", level=1)).to_be_visible()

    # Dana writes from her own mail program: Maria's open list shows it by itself.
    first = letter("It prints nothing since seven.", "The printer is silent")
    post.submit(first, sender=DANA, to=brand().sender_address)
    (came,) = brought_in(support)
    assert (came.state, came.decision) == (MailState.PLACED, "open_known")
    at_desk.get_by_role("link", name="The printer is silent").click()
    expect(at_desk.locator("#thread")).to_contain_text("It prints nothing since seven.")
    case = Case.objects.get()
    let_in(at_home, dana, site_url)
    at_home.goto(f"/portal/cases/{case.number}/")

    # The answer lies in Dana's mailbox, in the thread that her own mail began.
    deliver_what_is_due()
    (acknowledged,) = post.mailbox(DANA)
    send(at_desk, "Which model is it?", "2026-06-09T14:30:00Z", clock_at)
    expect(at_home.locator("#case-thread")).to_contain_text("Which model is it?")
    answer = post.mailbox(DANA)[-1]
    assert "Which model is it?" in answer.get_body(("plain",)).get_content()
    known = [id_in(first), id_in(acknowledged)]
    assert (references(answer), id_in(answer, "In-Reply-To")) == (known, known[-1])

    # Her reply goes where her mail program sends it, and stands in the same case.
    reply = reply_to(answer, "It is the one in the town hall.")
    to = str(answer["Reply-To"].addresses[0].addr_spec)
    assert re.fullmatch(r"support\+[a-z2-7]{52}@localhost", to)
    clock_at("2026-06-09T14:45:00Z")
    post.submit(reply, sender=DANA, to=to)
    (came,) = brought_in(support)
    assert (came.case, came.decision) == (case, "join")
    expect(at_desk.locator("#thread")).to_contain_text("It is the one in the town hall.")
    expect(at_home.locator("#case-thread")).to_contain_text("It is the one in the town hall.")

    # A second answer names all that came before, what it answers last.
    send(at_desk, "Please print once more.", "2026-06-09T15:00:00Z", clock_at)
    second = post.mailbox(DANA)[-1]
    known += [id_in(answer), id_in(reply)]
    assert (references(second), id_in(second, "In-Reply-To")) == (known, known[-1])

    # Whoever saw an answer cannot speak in the case: staff see what waits, customers nothing of it.
    said = list(Message.objects.order_by("pk").values_list("pk", flat=True))
    for sender, says_nothing, forged in forgeries(case, first, answer):
        post.says_nothing = says_nothing
        post.submit(forged, sender=sender, to=brand().sender_address)
        (came,) = brought_in(support)
        assert (came.state, came.message) == (MailState.HELD, None), came.why
    assert list(Message.objects.order_by("pk").values_list("pk", flat=True)) == said
    assert Case.objects.count() == 1
    at_desk.reload()
    waiting = at_desk.locator("#thread").get_by_text("unverified reply")
    expect(waiting).not_to_have_count(0)
    at_home.reload()
    expect(at_home.locator("#case-thread")).to_contain_text("Please print once more.")
    expect(at_home.locator("body")).not_to_contain_text(FORGED)
