"""Every staff screen shows the support hours and hears when they change."""

from keepwell.journal.live import topic

topic("support_hours", allowed=lambda user, identity: user.is_staff_member)
