"""Sessions in the database, begun without asking first whether a key of 32 random letters is taken."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.utils.crypto import get_random_string


class SessionStore(InDatabase):
    """The key is the row's primary key: were it taken, the row could not be written and another be drawn."""

    def _get_new_session_key(self) -> Any:
        return get_random_string(32, VALID_KEY_CHARS)
