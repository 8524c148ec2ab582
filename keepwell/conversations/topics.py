"""Who hears that something was said: staff of everything, customers of what they can read."""

from typing import Any

from keepwell.conversations.queries import conversations_visible_to, sees_all
from keepwell.journal.live import topic


def staff_see(user: Any, identity: int) -> bool:
    return sees_all(user)


def customers_see(user: Any, identity: int) -> bool:
    return conversations_visible_to(user).filter(pk=identity).exists()


topic(
    "conversation",
    allowed=staff_see,
    customers_as="portal_conversation",
    customers_allowed=customers_see,
)
