from __future__ import annotations

from django.db import models

from keepwell.side_threads.models import SideParty


class SideReplyAddress(models.Model):
    """The seal by which somebody outside answers in one side thread, so that it is found again.

    As with `ReplyAddress` that it stands here makes it good for nothing; and in a table of its own it can
    never lead into a case's conversation.
    """

    seal = models.CharField(max_length=52, unique=True)
    party = models.ForeignKey(SideParty, on_delete=models.CASCADE, related_name="+", db_index=False)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"side party {self.party_id}"
