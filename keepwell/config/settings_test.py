"""The settings under test: a clock that moves, quick password hashes, nothing else changed."""

from keepwell.config.settings import *  # noqa: F403

KEEPWELL_TEST_CLOCK = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
