"""A secret that has to be read again, such as a password for somebody else's server, is kept sealed.

Whoever has the database alone cannot read it: the key is made from the secret of this installation.
"""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from keepwell.kit.refusals import Refused

SALT = "keepwell.kit.sealing"


class SealBroken(Refused):
    """What is kept was sealed under another secret, or was changed since."""


def seal(secret: str) -> str:
    """The same secret gives another text each time; an empty one stays empty."""
    return _keys().encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str) -> str:
    """Errors: SealBroken."""
    if not sealed:
        return ""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise SealBroken(
            _("The password cannot be read: KEEPWELL_SECRET_KEY is not what it was. Enter it again.")
        ) from None


def _keys() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str | bytes) -> bytes:
    return base64.urlsafe_b64encode(salted_hmac(SALT, "key", secret=secret, algorithm="sha256").digest())
