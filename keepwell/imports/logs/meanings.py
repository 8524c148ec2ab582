"""What a row of a log can say, in the words that a map uses."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from keepwell.cases.severities import Severity
from keepwell.conversations.models import Channel

IGNORED = "ignored"
# In a map: whatever is not named.
ANYTHING_ELSE = "*"


class Happening(StrEnum):
    """What happened. Message: a contact or the customer's word, as the column of actors says."""

    OPENED = "opened"
    CONTACT = "contact"
    CUSTOMER_MESSAGE = "customer_message"
    MESSAGE = "message"
    WAIT = "wait"
    TAKE_BACK = "take_back"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"
    SEVERITY = "severity"
    SPAM = "spam"


class Standing(StrEnum):
    """Where a case stands from a row on. Answered: open, and whoever brings it there was a contact."""

    NEW = "new"
    OPEN = "open"
    ANSWERED = "answered"
    WAITING_ON_CUSTOMER = "waiting_on_customer"
    WAITING_ON_ENGINEERING = "waiting_on_engineering"
    RESOLVED = "resolved"
    CLOSED = "closed"
    SPAM = "spam"


AGENT, CUSTOMER = "agent", "customer"
# Both sides were there at the same time: the case is born with its first contact.
LIVE = {"live_call": Channel.PHONE.value, "live_chat": Channel.CHAT.value}

# What a column can be used as; the two without which there is no log stand first.
NEEDED = ("case", "time")
USES = (
    *NEEDED,
    "activity",
    "state",
    "severity",
    "level",
    "group",
    "actor",
    "channel",
    "account",
    "product",
)
# The table of a map in which the values of such a column are explained.
TABLES: Mapping[str, str] = {
    "activity": "activities",
    "state": "states",
    "severity": "severities",
    "level": "levels",
    "group": "groups",
    "actor": "actors",
    "channel": "channels",
    "account": "accounts",
    "product": "products",
}
# What values may mean; of groups, accounts and products any name.
MEANINGS: Mapping[str, tuple[str, ...]] = {
    "activity": tuple(one.value for one in Happening),
    "state": tuple(one.value for one in Standing),
    "severity": tuple(one.value for one in Severity),
    "level": ("1", "2", "3"),
    "actor": (AGENT, CUSTOMER),
    "channel": (*Channel.values, *LIVE),
}
# Of these a value that nobody knows says nothing wrong about a clock: the case stands under a placeholder.
MAY_STAY_UNKNOWN = ("account", "product")
