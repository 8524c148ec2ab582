"""What tests of the pages about work begin with: a lead who looks at a day, and cases that were worked on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.words import Words
from tests import cast


def signed_in_lead(client: Client, clock_at: Callable[[str], object], now: str) -> Client:
    cast.the_guidelines()
    clock_at(now)
    client.force_login(cast.lea_the_lead())
    return client


def opened(subject: str, at: datetime, **more: Any) -> Case:
    """Dana writes."""
    dana = cast.dana_at_elm_falls()
    words = Words(body="Nothing can be saved.", channel="portal")
    return open_case(NewCase(subject=subject, contact=dana.contact, words=words, **more), by=dana, at=at)


def answered(case: Case, at: datetime, intention: str | None = None) -> Case:
    """Maria answers, and the answer is out at that second."""
    written = Reply(words=Words(body="Look."), intention=intention, undo_for=timedelta(0))
    release(reply(case, written, by=cast.maria_the_specialist(), at=at), at=at)
    return Case.objects.get(pk=case.pk)
