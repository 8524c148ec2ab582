"""A morning at the support mailbox: Dana has a case, and got an answer by mail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE, answer, open_for
from keepwell.channels.email.arrivals import Arrival
from keepwell.channels.email.findings import Read
from keepwell.channels.email.tests import letters
from keepwell.channels.email.verbs.placing import place_mail
from keepwell.channels.email.verbs.receiving import receive_mail
from keepwell.channels.models import InboundMail, Mailbox
from keepwell.outbox.models import Outgoing
from keepwell.people.models import User
from tests import cast


@pytest.fixture
def mail_at_nine(db: None, clock_at: Any, settings: Any) -> None:
    clock_at(NINE)
    cast.the_guidelines()
    settings.KEEPWELL_MAIL_TRUSTED_HOSTS = [letters.TRUSTED]


@pytest.fixture
def maria() -> User:
    return cast.maria_the_specialist()


@pytest.fixture
def mailbox() -> Mailbox:
    return letters.support()


@pytest.fixture
def case(mailbox: Mailbox) -> Case:
    return open_for(cast.dana_at_elm_falls())


@pytest.fixture
def sent(case: Case, maria: User) -> Outgoing:
    """The answer that Dana got."""
    answer(case, maria, NINE)
    return Outgoing.objects.get()


@pytest.fixture
def comes(mailbox: Mailbox) -> Callable[..., InboundMail]:
    """A mail comes in ten minutes later, as its writer says who he is; it was read already."""

    def come(author: str, **said: Any) -> InboundMail:
        number = InboundMail.objects.count()
        own = {"body_text": f"Words of mail {number}.", "message_id": f"<{number}@elmfalls.example>"}
        mail = receive_mail(f"raw {number}".encode(), mailbox, Arrival(), at=letters.LATER)
        return place_mail(mail, Read(said=letters.mail_from(author, **{**own, **said})), at=letters.LATER)

    return come
