"""An administrator lets a mail provider post to us, and sees where to and whether it is heard."""

from __future__ import annotations

import pytest

from keepwell.channels.models import MailHook
from keepwell.desk.tests.people import person, signed_in
from keepwell.kit import clock
from keepwell.people.models import Role

SECRET = "user:a-password-for-tests-only"
ALL, NEW = "/desk/settings/mailboxes/", "/desk/settings/mailboxes/provider/"


@pytest.fixture
def ada(db: None):
    return signed_in(person(Role.ADMINISTRATOR))


def added(ada, provider: str = "postmark", secret: str = SECRET) -> MailHook:
    assert ada.post(NEW, {"provider": provider, "secret": secret}).status_code == 302
    return MailHook.objects.get(provider=provider)


def page(ada, hook: MailHook) -> str:
    return ada.get(f"{NEW}{hook.pk}/").content.decode()


def test_its_page_says_where_it_posts_to_and_never_the_secret(ada, settings):
    hook = added(ada)
    shown = page(ada, hook)
    assert f"{settings.KEEPWELL_URL}/hooks/mail/{hook.key}/<" in shown
    assert "so that RawEmail is there" in shown
    assert SECRET not in shown
    assert hook.sealed_secret not in shown


def test_mailguns_address_ends_with_what_makes_it_post_the_whole_mail(ada):
    hook = added(ada, "mailgun", "a-signing-key")
    assert f"/hooks/mail/{hook.key}/mime<" in page(ada, hook)


def test_what_is_no_secret_is_said_beside_the_form(ada):
    answer = ada.post(NEW, {"provider": "postmark", "secret": "no colon"})
    assert answer.status_code == 422
    assert "user:password" in answer.content.decode()
    assert not MailHook.objects.exists()


def test_whether_it_is_heard_stands_on_both_pages(ada):
    hook = added(ada)
    assert "Not heard yet" in ada.get(ALL).content.decode()
    MailHook.objects.update(said="Not taken: <b>the JSON</b> is broken.")
    assert "Not taken" in ada.get(ALL).content.decode()
    assert "&lt;b&gt;the JSON" in page(ada, hook)
    MailHook.objects.update(said="", heard_at=clock.now())
    assert "Last heard" in page(ada, hook)


def test_removed_it_is_gone(ada):
    hook = added(ada)
    answer = ada.post(f"{NEW}{hook.pk}/removal/", follow=True)
    assert "Nothing is taken at its address any more" in answer.content.decode()
    assert not MailHook.objects.exists()
