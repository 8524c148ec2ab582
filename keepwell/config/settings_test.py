"""The settings under test: a data folder of its own, a clock that moves, quick password hashes."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

if "KEEPWELL_TEST_VAR" not in os.environ:
    # The first process of a test run makes the folder, the others inherit it, the first removes it.
    os.environ["KEEPWELL_TEST_VAR"] = _made = tempfile.mkdtemp(prefix="keepwell-test-")
    os.chmod(_made, 0o711)  # ours, new and empty: PostgreSQL's account has to walk through it
    atexit.register(shutil.rmtree, _made, ignore_errors=True)
os.environ["KEEPWELL_VAR"] = os.environ["KEEPWELL_TEST_VAR"]

from keepwell.config.settings import *  # noqa: F403

STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405 - WhiteNoise warns where there is none
KEEPWELL_TEST_CLOCK = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True  # a browser under test reads the files where they are written
# Each is looked for when it is asked for: every client of a test would list them all beforehand.
WHITENOISE_AUTOREFRESH = True
