"""Everybody hears of changes to himself, so that lost rights end a stream at once."""

from keepwell.journal.live import topic

topic("person", allowed=lambda user, identity: user.pk == identity)
