"""Who hears of mail while looking: those who may read the outbox."""

from keepwell.journal.live import topic
from keepwell.people import permits

topic("outbox", allowed=lambda user, _identity: permits.may(user, "outbox.read"))
