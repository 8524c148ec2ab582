"""How mail addresses and their domains are written when they are kept and compared."""

from __future__ import annotations

import re

# A name of at least two parts, letters, digits and inner hyphens (RFC 1035 2.3.1, RFC 1123 2.1).
_DOMAIN = re.compile(r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}\Z")


def normal_address(text: str) -> str:
    """The address without blanks around it and with its domain in small letters; not checked."""
    local, at, domain = text.strip().rpartition("@")
    return f"{local}{at}{domain.lower()}"


def domain_of(email: str) -> str:
    """What stands after the last @, in small letters."""
    return email.strip().rpartition("@")[2].lower()


def normal_domain(text: str) -> str:
    """The domain in small letters, also from "@example.org"; as it is compared.

    Errors: ValueError if this is no domain.
    """
    cleaned = text.strip().lower().removeprefix("@").removesuffix(".")
    domain = _in_ascii(cleaned)
    if not _DOMAIN.match(domain):
        raise ValueError(text)
    return domain


def _in_ascii(domain: str) -> str:
    # Mail itself carries the ASCII form of an international domain.
    try:
        return domain.encode("idna").decode("ascii") if not domain.isascii() else domain
    except UnicodeError:
        return ""
