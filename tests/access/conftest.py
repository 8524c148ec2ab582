"""One scene for the whole folder: built once in a transaction that is never committed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from keepwell.kit import clock
from tests.access import scene as scenes


@pytest.fixture(scope="package")
def scene(django_db_setup: None, django_db_blocker) -> Iterator[scenes.Scene]:
    with django_db_blocker.unblock(), clock.standing_at(scenes.NINE), transaction.atomic():
        yield scenes.build()
        transaction.set_rollback(True)
