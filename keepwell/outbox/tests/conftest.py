from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from keepwell.outbox.tests.postbox import Postbox, Server


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    """The mail server that KEEPWELL_MAIL_URL names in this test."""
    box = Postbox()
    server = Server(box)
    server.start()
    settings.KEEPWELL_MAIL_URL = f"smtp://127.0.0.1:{box.port}"
    yield box
    server.stop()


@pytest.fixture
def kept(settings: Any, tmp_path: Path) -> Path:
    """The folder of kept mail: there is no mail server."""
    settings.KEEPWELL_MAIL_URL = ""
    settings.VAR = tmp_path
    return tmp_path / "mail"


@pytest.fixture
def noon() -> datetime:
    return datetime(2026, 6, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _templates(settings: Any) -> None:
    ours = Path(__file__).parent / "templates"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [ours]}]
