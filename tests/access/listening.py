"""The table of topics: who may hear of what; a topic without a row fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from keepwell.journal.live import may_listen
from tests.access.scene import STAFF, Scene

OF_THE_CASE = ("dana", "carl")
# The noun of a topic: (its id in the scene, who may hear it).
TOPICS: dict[str, tuple[Callable[[Scene], Any], tuple[str, ...]]] = {
    "support_hours": (lambda s: 0, STAFF),
    "case": (lambda s: s.case.pk, STAFF),
    "portal_case": (lambda s: s.case.pk, (*STAFF, *OF_THE_CASE)),
    "cases": (lambda s: 0, STAFF),
    "conversation": (lambda s: s.case.conversation_id, STAFF),
    "portal_conversation": (lambda s: s.case.conversation_id, (*STAFF, *OF_THE_CASE)),
    "account": (lambda s: s.account.pk, STAFF),
    "portal_account": (lambda s: s.account.pk, (*STAFF, *OF_THE_CASE)),
    "accounts": (lambda s: 0, STAFF),
    "outbox": (lambda s: 0, ("ada",)),
    "person": (lambda s: s.dana.pk, ("dana",)),
    "staffing": (lambda s: 0, STAFF),
    "attention_case": (lambda s: s.case.pk, STAFF),
}


def overheard(scene: Scene) -> list[str]:
    """Whoever may hear what is not his, and whoever may not hear what is; [] where all is well."""
    found = []
    for noun, (identity, rightful) in TOPICS.items():
        for who, user in scene.people.items():
            hears = may_listen(user, f"{noun}:{identity(scene)}")
            if hears != (who in rightful):
                found.append(f"{noun}: {who} {'hears' if hears else 'does not hear'} it")
    return found
