"""The test settings for a second process: the database of the test that started it."""

import os

from psycopg.conninfo import conninfo_to_dict

from keepwell.config.settings_test import *  # noqa: F403

_found = conninfo_to_dict(os.environ["KEEPWELL_TEST_CONNINFO"])
DATABASES["default"].update(  # noqa: F405
    NAME=_found["dbname"],
    USER=_found.get("user", ""),
    PASSWORD=_found.get("password", ""),
    HOST=_found.get("host", ""),
    PORT=str(_found.get("port", "")),
)
