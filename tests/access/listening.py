"""The table of topics: who may hear of what; a topic without a row fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from keepwell.config.live.listeners import Listener, SignedIn, listener_of
from tests.access.scene import STAFF, Scene

FOLLOWERS = ("follower", "follower_of_another", "follower_by_a_forged_grant")

OF_THE_CASE = ("dana", "carl")
# The noun of a topic: (its id in the scene, who may hear it).
TOPICS: dict[str, tuple[Callable[[Scene], Any], tuple[str, ...]]] = {
    "support_hours": (lambda s: 0, STAFF),
    "case": (lambda s: s.case.pk, STAFF),
    "portal_case": (lambda s: s.case.pk, (*STAFF, *OF_THE_CASE, "follower")),
    "cases": (lambda s: 0, STAFF),
    "conversation": (lambda s: s.case.conversation_id, STAFF),
    "portal_conversation": (lambda s: s.case.conversation_id, (*STAFF, *OF_THE_CASE)),
    "account": (lambda s: s.account.pk, STAFF),
    "portal_account": (lambda s: s.account.pk, (*STAFF, *OF_THE_CASE)),
    "accounts": (lambda s: 0, STAFF),
    "outbox": (lambda s: 0, ("ada",)),
    "person": (lambda s: s.dana.pk, ("dana",)),
    "staffing": (lambda s: 0, STAFF),
    "what_if": (lambda s: 1, STAFF),
    "notices": (lambda s: s.maria.pk, ("maria",)),
    "attention_case": (lambda s: s.case.pk, STAFF),
}


def overheard(scene: Scene) -> list[str]:
    """Whoever may hear what is not his, and whoever may not hear what is; [] where all is well."""
    found = []
    for who, listener in _listeners(scene).items():
        for noun, (identity, rightful) in TOPICS.items():
            hears = listener.may_hear(f"{noun}:{identity(scene)}")
            if hears != (who in rightful):
                found.append(f"{noun}: {who} {'hears' if hears else 'does not hear'} it")
    return found


def _listeners(scene: Scene) -> dict[str, Listener]:
    people: dict[str, Listener] = {who: SignedIn(user) for who, user in scene.people.items()}
    followers = {who: listener_without_sign_in(scene.browsers[who]) for who in FOLLOWERS}
    return {**people, **{who: one for who, one in followers.items() if one}}


def listener_without_sign_in(browser: Client) -> Listener | None:
    request = RequestFactory().get("/live/stream")
    request.user, request.session = AnonymousUser(), browser.session
    return listener_of(request)
