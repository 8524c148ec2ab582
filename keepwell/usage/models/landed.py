from __future__ import annotations

from django.db import models


class Landed(models.Model):
    """An event as it was taken and committed, until it is in the file of its day.

    A row by COPY, without keys to look up: what it is of stands in its columns. `person_key` is a person's
    random key, empty for nobody in particular; `facts` what a group was said to be, None of anything else.
    """

    source_id = models.IntegerField()
    message_id = models.CharField(max_length=200)
    content_hash = models.BigIntegerField()
    kind = models.CharField(max_length=8)
    event = models.CharField(max_length=200)
    module = models.CharField(max_length=120)
    group_key = models.CharField(max_length=200)
    person_key = models.CharField(max_length=36)
    occurred_s = models.BigIntegerField()
    facts = models.JSONField(null=True)

    def __str__(self) -> str:
        return self.message_id
