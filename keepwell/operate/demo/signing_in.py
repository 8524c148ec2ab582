"""One sign-in per role, with passwords made for this installation and kept beside its data."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.db import transaction

from keepwell.operate.demo import cast
from keepwell.operate.demo.furnishing import contact_email, email_of
from keepwell.people.models import Role, User

WORDS_IN_A_PASSWORD = 4
SYLLABLES = ("ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo", "xa", "zu")


def make_sign_ins() -> dict[str, str]:
    """A password for the first person of each staff role, by address; made once, the same ever after."""
    path = _path()
    if path.exists():
        return dict(json.loads(path.read_text(encoding="utf-8")))
    made = {email: _password() for email in _addresses().values()}
    with transaction.atomic():
        for email, password in made.items():
            user = User.objects.get(email=email)
            user.set_password(password)
            user.save(update_fields=["password"])
        _keep(path, made)
    return made


def sign_in_lines() -> list[str]:
    """What the terminal says: who signs in where, and how."""
    made = make_sign_ins()
    lines = [
        f"  {Role(role).label:26} {email:34} {made.get(email, '')}" for role, email in _addresses().items()
    ]
    customers = (
        (Role.CUSTOMER_ADMINISTRATOR, contact_email(0, 0)),
        (Role.CUSTOMER_USER, contact_email(0, 1)),
    )
    code = "a code by mail; the administrator reads it on the Outbox page"
    return [*lines, *(f"  {Role(role).label:26} {email:34} {code}" for role, email in customers)]


def _addresses() -> dict[str, str]:
    found: dict[str, str] = {}
    for member in cast.STAFF:
        found.setdefault(member.role, email_of(member))
    return found


def _password() -> str:
    return "-".join("".join(secrets.choice(SYLLABLES) for _ in range(3)) for _ in range(WORDS_IN_A_PASSWORD))


def _path() -> Path:
    return Path(settings.VAR) / "demo-sign-ins.json"


def _keep(path: Path, made: dict[str, str]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(made, file, indent=1)
