import pytest


@pytest.fixture
def disk(settings, tmp_path):
    """A folder for this test's content alone."""
    kept = {**settings.STORAGES["attachments"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "attachments": kept}
    return tmp_path / "files"
