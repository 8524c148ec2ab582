from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody is to the product; what each role may do stands in `permits`."""

    SPECIALIST = "specialist", _("Support specialist")
    CONSULTANT = "consultant", _("Technical consultant")
    ENGINEER = "engineer", _("Software engineer")
    SUCCESS_MANAGER = "success_manager", _("Customer success manager")
    ACCOUNT_MANAGER = "account_manager", _("Account manager")
    LEAD = "lead", _("Lead")
    ADMINISTRATOR = "administrator", _("Administrator")
    CUSTOMER_USER = "customer_user", _("Customer")
    CUSTOMER_ADMINISTRATOR = "customer_administrator", _("Customer administrator")


CUSTOMER_ROLES = frozenset({Role.CUSTOMER_USER, Role.CUSTOMER_ADMINISTRATOR})
STAFF_ROLES = frozenset(Role) - CUSTOMER_ROLES


class RoleGrant(models.Model):
    """One role held by one person, from the day it was given."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=32, choices=Role)
    granted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "role"], name="role_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="role_known"),
        ]

    def __str__(self) -> str:
        return self.get_role_display()
