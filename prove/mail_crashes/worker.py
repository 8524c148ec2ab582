"""The product's worker, which kills itself with SIGKILL at a place, the so-manieth time it gets there.

python -m prove.mail_crashes.worker [PLACE TIMES]
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from itertools import count

import django


def dies_at(times: int) -> Callable[[], None]:
    counted = count(1)

    def act() -> None:
        if next(counted) == times:
            os.kill(os.getpid(), signal.SIGKILL)

    return act


if __name__ == "__main__":
    django.setup()
    from keepwell.channels.email.fetching import watching
    from keepwell.kit import faults
    from keepwell.operate.words import worker

    # A dead worker's mailbox is taken over at once: the campaign is to kill, not to wait.
    watching.LOOKS_SECONDS = 0.5
    if len(sys.argv) > 2:
        faults.arm(sys.argv[1], dies_at(int(sys.argv[2])))
    sys.exit(worker.run(None))
