from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from keepwell.cases.models.case import Case
from keepwell.cases.words import IntendedAct


class Intention(models.Model):
    """What is to follow once a reply has left; taken back with it.

    `arguments` are the words the act needs: for a resolution `how` and `root_cause`.
    """

    message = models.OneToOneField(
        "keepwell_conversations.Message", on_delete=models.CASCADE, related_name="intention"
    )
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="intentions")
    verb = models.CharField(max_length=8, choices=IntendedAct)
    arguments: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(verb__in=IntendedAct.values), name="intention_verb_known"
            ),
        ]

    def __str__(self) -> str:
        return self.get_verb_display()
