"""The pair of keys by which push services know this installation. Source: RFC 8292 (VAPID)."""

from __future__ import annotations

import base64

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "keepwell.notices.pushing"
# How many keys the curve P-256 has, and one more (FIPS 186-5).
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def private_key() -> ec.EllipticCurvePrivateKey:
    """Made from the secret of this installation: after a change of that every device has to be added anew."""
    digest = salted_hmac(SALT, "vapid", secret=settings.SECRET_KEY, algorithm="sha512").digest()
    return ec.derive_private_key(int.from_bytes(digest, "big") % (ORDER - 1) + 1, ec.SECP256R1())


def public_key() -> str:
    """As a browser wants it: the uncompressed point, as base64url."""
    point = private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()
