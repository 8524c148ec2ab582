"""The virus scanner's answer."""

from __future__ import annotations

import logging
import shlex
import subprocess

from django.conf import settings

from keepwell.files.kinds import HEAD_BYTES
from keepwell.files.models import ScanState

log = logging.getLogger(__name__)

# The harmless file that scanners are tried with, in two parts: whole, it would put away this module.
TEST_VIRUS = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
FOUND = 1


def scan(content: bytes) -> ScanState:
    """What is known of the content: by the scanner that is set up, and for the test virus without one.

    A scanner that fails, or takes longer than KEEPWELL_SCAN_SECONDS, leaves it unscanned.
    """
    if content[:HEAD_BYTES].lstrip().startswith(TEST_VIRUS):
        return ScanState.INFECTED
    command = shlex.split(settings.KEEPWELL_SCANNER)
    return _ask(command, content) if command else ScanState.NO_SCANNER


def _ask(command: list[str], content: bytes) -> ScanState:
    try:
        answer = subprocess.run(
            command, input=content, capture_output=True, timeout=settings.KEEPWELL_SCAN_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        log.warning("the virus scanner did not answer: %s", type(error).__name__)
        return ScanState.UNSCANNED
    if answer.returncode == 0:
        return ScanState.CLEAN
    if answer.returncode == FOUND:
        return ScanState.INFECTED
    log.warning("the virus scanner ended with %s", answer.returncode)
    return ScanState.UNSCANNED
