"""A zone means the same on every machine: what the locked package says, not what the system has."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path

import tzdata

from keepwell.kit.time_zones import data_version

ASK = "{first}; from datetime import datetime; from zoneinfo import ZoneInfo; " + (
    "print(datetime(2026, 6, 9, 12, tzinfo=ZoneInfo('America/Chicago')).utcoffset().total_seconds() / 3600)"
)


def offset_where_the_system_says_that_chicago_is_tokyo(folder: Path, first: str) -> str:
    (folder / "America").mkdir()
    shutil.copy(str(resources.files("tzdata").joinpath("zoneinfo/Asia/Tokyo")), folder / "America/Chicago")
    asked = [sys.executable, "-c", ASK.format(first=first)]
    return subprocess.run(
        asked, env={"PYTHONTZPATH": str(folder)}, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_a_system_with_other_rules_changes_nothing(tmp_path: Path):
    assert offset_where_the_system_says_that_chicago_is_tokyo(tmp_path, "import keepwell") == "-5.0"


def test_the_pure_calculations_alone_keep_to_it(tmp_path: Path):
    pure = "import keepwell.calendars.working_time"
    assert offset_where_the_system_says_that_chicago_is_tokyo(tmp_path, pure) == "-5.0"


def test_without_us_the_system_would_be_believed(tmp_path: Path):
    assert offset_where_the_system_says_that_chicago_is_tokyo(tmp_path, "import tzdata") == "9.0"


def test_the_data_have_a_name():
    assert data_version() == tzdata.IANA_VERSION
