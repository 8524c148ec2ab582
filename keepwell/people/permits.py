"""What each role may do, on one page.

A permit says that somebody may do a thing at all; which things he may do it to is the matter of
`visible_to`. Customers' permits hold for what they can see: their own cases, or their account's.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from keepwell.people.models import Role
from keepwell.people.models.role_grant import CUSTOMER_ROLES

CUSTOMER = frozenset(
    {
        "case.open",
        "case.see",
        "case.reply",
        "case.close",
        "case.reopen",
        "case.withdraw",
        "enquiry.ask",
        "engagement.take_part",
        "file.add",
        "review.accept",
        "road_map.take_part",
    }
)

# That there is a contract, its dates and what may be used under it is no secret at the vendor: whoever
# answers a customer has to know. What it costs, and why one was lost, is for those who look after accounts.
STAFF = frozenset(
    {
        "account.see",
        "case.see",
        "case.note",
        "file.add",
        "contact.see",
        "contract.see",
        "health.see",
        "insight.see",
        "engagement.take_part",
        "review.see",
        "road_map.see",
        "road_map.take_part",
    }
)

SUPPORT = STAFF | {
    "case.open",
    "case.enter",
    "case.reply",
    "case.assign",
    "case.escalate",
    "case.take_hand_off",
    "case.change_severity",
    "case.change_details",
    "case.ask_outside",
    "case.wait",
    "case.resolve",
    "case.close",
    "case.reopen",
    "case.snooze",
    "case.merge",
    "case.mark_spam",
    "case.log_contact",
    "triage.place",
    "contact.edit",
}

PARTNER = STAFF | {
    "account.edit",
    "contact.edit",
    "case.open",
    "case.enter",
    "case.reply",
    "case.ask_outside",
    "case.assign",
    "contract.see_prices",
    "contract.use_hours",
    "health.judge",
    "enquiry.handle",
    "engagement.hold",
    "letter.write",
    "account.log",
    "review.edit",
    "road_map.edit",
    "signal.handle",
}

LEAD = SUPPORT | {
    "settings.teams",
    "settings.products",
    "account.edit",
    "message.redact",
    "contract.see_prices",
    "contract.use_hours",
    "contract.edit",
    "settings.health",
    "health.judge",
    "review.edit",
    "road_map.edit",
    "signal.handle",
}

SETTINGS = frozenset(
    {
        "settings.people",
        "settings.teams",
        "settings.products",
        "settings.calendars",
        "settings.policies",
        "settings.brand",
        "settings.mailboxes",
        "settings.usage",
        "outbox.read",
        "outbox.manage",
        "person.erase",
        "import.run",
        "journal.see",
    }
)

ROLE_PERMITS: dict[str, frozenset[str]] = {
    Role.SPECIALIST: frozenset(SUPPORT),
    Role.CONSULTANT: frozenset(SUPPORT),
    Role.ENGINEER: STAFF | {"case.take_hand_off", "case.escalate", "case.assign", "case.ask_outside"},
    Role.SUCCESS_MANAGER: frozenset(PARTNER),
    Role.ACCOUNT_MANAGER: PARTNER | {"contract.edit"},
    Role.LEAD: frozenset(LEAD),
    Role.ADMINISTRATOR: frozenset(LEAD | SETTINGS),
    Role.CUSTOMER_USER: CUSTOMER,
    Role.CUSTOMER_ADMINISTRATOR: CUSTOMER,
}

ALL = frozenset().union(*ROLE_PERMITS.values())


class NotPermitted(PermissionError):
    """Somebody tried what his roles do not allow; `str()` is a sentence for him."""

    def __init__(self, permit: str) -> None:
        self.permit = permit
        super().__init__(
            _("Your role does not allow this (%(permit)s). Nothing was changed.") % {"permit": permit}
        )


def may(actor: Any, permit: str) -> bool:
    """Whether the actor's roles allow it. Parts of the system may do all.

    Errors: KeyError for a permit that no role has: a permit misspelt must not pass for one refused.
    """
    if permit not in ALL:
        raise KeyError(permit)
    noun = actor.actor_ref[0]
    if noun.startswith("system."):
        return True
    if noun == "contact":
        return permit in CUSTOMER
    return actor.is_active and permit in _permits_of(actor.roles)


def roles_with(permit: str) -> frozenset[str]:
    """The roles that allow it, to ask for many people at once. Errors: KeyError for a permit no role has."""
    if permit not in ALL:
        raise KeyError(permit)
    return frozenset(role for role, permitted in ROLE_PERMITS.items() if permit in permitted)


@lru_cache(maxsize=512)
def _permits_of(roles: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*(ROLE_PERMITS[role] for role in roles))


def permit_for_sign_in(roles: Collection[str]) -> str:
    """What it takes to let somebody of these roles in: customers' people come with their contact."""
    return "contact.edit" if set(roles) <= CUSTOMER_ROLES and roles else "settings.people"


def require(actor: Any, permit: str) -> None:
    """Errors: NotPermitted."""
    if not may(actor, permit):
        raise NotPermitted(permit)
