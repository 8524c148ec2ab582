from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Skill(models.Model):
    """Something one person is good at: a product by its name, or a language by its tag."""

    class Kind(models.TextChoices):
        PRODUCT = "product", _("Product")
        LANGUAGE = "language", _("Language")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="skills")
    kind = models.CharField(max_length=16, choices=Kind)
    value = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("user", "kind", Lower("value"), name="skill_once"),
        ]

    def __str__(self) -> str:
        return self.value
