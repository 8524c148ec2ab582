from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from keepwell.kit.asking import Question
from keepwell.people.models.role_grant import CUSTOMER_ROLES, STAFF_ROLES, RoleGrant

# Every page asks it.
ROLES = Question(lambda user: RoleGrant.objects.filter(user=user).values_list("role"))


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        # allauth looks addresses up in small letters.
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """Somebody who can sign in, of the vendor or of a customer.

    An erased person stays as a row without name and address, so that what was done keeps its doer.
    """

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=200)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    locale = models.CharField(_("language"), max_length=16, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)
    # How often all sessions of this person were ended at once; each session carries the number it began with.
    sessions_ended = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="address_in_small_letters"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """Sessions end with a new password, and with every closing of the sign-in."""
        return f"{super().get_session_auth_hash()}.{self.sessions_ended}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for digest in super().get_session_auth_fallback_hash():
            yield f"{digest}.{self.sessions_ended}"

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(role for (role,) in ROLES.rows(self.pk))

    @property
    def actor_ref(self) -> tuple[str, int]:
        return "person", self.pk

    @property
    def is_staff_member(self) -> bool:
        """Whether this person belongs to the vendor."""
        return self.is_active and bool(self.roles & STAFF_ROLES)

    @property
    def is_customer(self) -> bool:
        return self.is_active and bool(self.roles & CUSTOMER_ROLES)
