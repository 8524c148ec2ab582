"""Staff screens hear who came and went."""

from keepwell.journal.live import topic

topic("staffing", allowed=lambda user, identity: user.is_staff_member)

# Who else looks at a case; see attending.py.
topic("attention_case", allowed=lambda user, identity: user.is_staff_member)
