"""Everybody hears of his own notices, as long as he is of the staff."""

from keepwell.journal.live import topic

topic("notices", allowed=lambda user, identity: user.pk == identity and user.is_staff_member)
