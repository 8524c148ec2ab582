"""An administrator sets a mailbox up and is told, in words, whether it is heard."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from keepwell.channels.email.verbs.mailboxes import add_mailbox
from keepwell.channels.email.verbs.reaching import not_reached, reached
from keepwell.channels.models import Fetching, ImapAccount, RemoteMail, Secured
from keepwell.desk.tests.in_a_browser import LOOKS, OpenAs, keeps_nobody_out
from keepwell.desk.tests.people import BY_TEST, person, queries_of, signed_in
from keepwell.kit import clock
from keepwell.people.models import Role
from tests import cast
from tests.dovecot import PASSWORD, Dovecot

ADDRESS = "help@keepwell.example"


@pytest.fixture
def ada(db: None):
    return signed_in(person(Role.ADMINISTRATOR))


def set_up(ada, *, port: int = 9, **other: str) -> ImapAccount:
    mailbox = add_mailbox(ADDRESS, by=BY_TEST)
    wanted = {
        "server": "127.0.0.1",
        "port": str(port),
        "secured": Secured.NEVER,
        "user": ADDRESS,
        "password": PASSWORD,
        "folder": "INBOX",
        **other,
    }
    answer = ada.post(f"/desk/settings/mailboxes/{mailbox.pk}/", wanted)
    assert answer.status_code == 302, answer.content.decode()
    return ImapAccount.objects.select_related("mailbox").get(mailbox=mailbox)


def page(ada, mailbox: int | None = None) -> str:
    return ada.get(f"/desk/settings/mailboxes/{f'{mailbox}/' if mailbox else ''}").content.decode()


def test_the_password_is_on_no_page(ada):
    account = set_up(ada)
    shown = page(ada, account.mailbox_id)
    assert PASSWORD not in shown
    assert account.sealed_password not in shown


def test_a_new_mailbox_takes_what_arrives_from_now_on_unless_all_is_asked_for(ada):
    assert set_up(ada).takes_from is not None
    agreed = set_up(ada).takes_from
    assert set_up(ada).takes_from == agreed
    assert set_up(ada, takes_all="on").takes_from is None


def test_whether_it_is_heard_stands_on_both_pages(ada, clock_at):
    account = set_up(ada)
    assert "Not looked into yet" in page(ada)
    reached(account)
    assert "Heard" in page(ada, account.mailbox_id)
    clock_at(clock.now() + timedelta(minutes=16))
    assert "Does a worker run?" in page(ada)
    not_reached(account, "Nothing <b>answers</b>.")
    assert "Nothing &lt;b&gt;answers" in page(ada)


def test_a_server_that_may_not_be_asked_is_told_beside_the_form(ada):
    mailbox = add_mailbox(ADDRESS, by=BY_TEST)
    wanted = {
        "server": "mail.example",
        "port": "143",
        "secured": Secured.NEVER,
        "user": "x",
        "password": "y",
        "folder": "INBOX",
    }
    answer = ada.post(f"/desk/settings/mailboxes/{mailbox.pk}/", wanted)
    assert answer.status_code == 422
    assert "Choose TLS or STARTTLS" in answer.content.decode()


def test_ten_mailboxes_cost_no_more_questions_than_one(ada):
    set_up(ada)
    before = queries_of(ada, "/desk/settings/mailboxes/")
    for number in range(10):
        add_mailbox(f"help{number}@keepwell.example", by=BY_TEST)
    assert queries_of(ada, "/desk/settings/mailboxes/") == before


@pytest.mark.journey
@pytest.mark.parametrize(("scheme", "size"), LOOKS[:1])
def test_an_administrator_sets_a_mailbox_up_and_hears_what_its_server_says(
    open_as: OpenAs,
    transactional_db: None,
    dovecot: Dovecot,
    scheme: str,
    size: dict[str, int],
):
    page = open_as(cast.ada_the_administrator(), viewport=size, color_scheme=scheme)
    page.goto("/desk/settings/mailboxes/")
    keeps_nobody_out(page)
    page.get_by_role("link", name="New mailbox").first.click()
    page.get_by_label("Address").fill(f"{scheme}@keepwell.example")
    page.get_by_role("button", name="Add", exact=True).click()
    _fill_in(page, dovecot.imap, "a wrong one")
    page.get_by_role("button", name="Try it now").click()
    expect(page.get_by_text("does not let this user in")).to_be_visible()
    _fill_in(page, dovecot.imap, PASSWORD)
    page.get_by_role("button", name="Try it now").click()
    expect(page.get_by_text("let us in")).to_be_visible()
    account = ImapAccount.objects.get()
    RemoteMail.objects.create(
        account=account, uid=7, state=Fetching.GIVEN_UP, try_again_at=clock.now(), why="It broke."
    )
    page.get_by_role("button", name="Try it now").click()
    keeps_nobody_out(page)
    page.get_by_role("button", name="Fetch again").click()
    expect(page.get_by_text("It is fetched again within a minute.")).to_be_visible()
    assert RemoteMail.objects.get().state == Fetching.WAITING


def _fill_in(page: Page, port: int, password: str) -> None:
    page.get_by_label("Mail server (IMAP)").fill("127.0.0.1")
    page.get_by_label("Encryption").select_option("plain")
    page.get_by_label("Port").fill(str(port))
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
