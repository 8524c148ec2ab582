"""A job that kills its worker the first time, as a lost machine does, and one that never ends.

Run as a program: the worker.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path

import django
from procrastinate import JobContext
from procrastinate.contrib.django import app

TASK = "killed_worker.die_once"
ENDLESS = "killed_worker.never_end"


@app.task(name=TASK, pass_context=True)
def die_once(context: JobContext, traces: str) -> None:
    trace = Path(traces) / f"attempt-{context.job.attempts}"
    trace.touch()
    if context.job.attempts == 0:
        os.kill(os.getpid(), signal.SIGKILL)


@app.task(name=ENDLESS)
def never_end(trace: str) -> None:
    Path(trace).touch()
    threading.Event().wait()


if __name__ == "__main__":
    django.setup()
    from keepwell.operate import working
    from keepwell.operate.words import worker

    working.FINISH_WITHIN_SECONDS = working.END_WITHIN_SECONDS = 0.2
    sys.exit(worker.run(None))
