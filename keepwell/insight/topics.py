"""Who hears how far it is: those who may see Insight, for the question says nothing of anybody."""

from keepwell.journal.live import topic
from keepwell.people import permits

topic("what_if", allowed=lambda user, _identity: permits.may(user, "insight.see"))
