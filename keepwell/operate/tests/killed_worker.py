"""A job that kills its worker the first time, as a lost machine does. Run as a program: the worker."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import django
from procrastinate import JobContext
from procrastinate.contrib.django import app

TASK = "killed_worker.die_once"


@app.task(name=TASK, pass_context=True)
def die_once(context: JobContext, traces: str) -> None:
    trace = Path(traces) / f"attempt-{context.job.attempts}"
    trace.touch()
    if context.job.attempts == 0:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    django.setup()
    from keepwell.operate.words import worker

    sys.exit(worker.run(None))
