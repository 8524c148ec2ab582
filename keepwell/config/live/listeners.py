"""Who holds a stream open: somebody who is signed in, or whoever follows one case by a code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.http import HttpRequest

from keepwell.journal.live import may_listen
from keepwell.people.models import User
from keepwell.portal.following import may_hear_as_follower
from keepwell.portal.readers import reader_of


class Listener(Protocol):
    @property
    def own_topics(self) -> tuple[str, ...]:
        """Told when the listener's own rights change."""

    def may_hear(self, topic: str) -> bool:
        """Asked of the database each time."""


@dataclass(frozen=True)
class SignedIn:
    user: User

    @property
    def own_topics(self) -> tuple[str, ...]:
        return (f"person:{self.user.pk}",)

    def may_hear(self, topic: str) -> bool:
        return may_listen(self.user, topic)


@dataclass(frozen=True)
class Follower:
    request: HttpRequest
    own_topics: tuple[str, ...] = ()

    def may_hear(self, topic: str) -> bool:
        return may_hear_as_follower(reader_of(self.request), topic)


def listener_of(request: HttpRequest) -> Listener | None:
    """Who asks for this stream; None for a stranger."""
    user = request.user
    if user.is_authenticated:
        return SignedIn(user)
    return Follower(request) if reader_of(request) else None
