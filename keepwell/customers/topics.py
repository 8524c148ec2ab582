"""Who hears of changes to an account: staff all of it, its customers what they may see."""

from typing import Any

from keepwell.customers.queries import accounts_visible_to, sees_all
from keepwell.journal.live import topic


def staff_see(user: Any, identity: int) -> bool:
    return sees_all(user, "account.see")


def customers_see(user: Any, identity: int) -> bool:
    return accounts_visible_to(user).filter(pk=identity).exists()


topic("account", allowed=staff_see, customers_as="portal_account", customers_allowed=customers_see)
topic("accounts", allowed=staff_see)
