"""A worker that is killed in the middle of a job, with real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from keepwell.operate.tests.killed_worker import ENDLESS, TASK

SOON_SECONDS = 120
WORKER = Path(__file__).with_name("killed_worker.py")


def eventually(is_so: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + SOON_SECONDS
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.05)
    return False


def statuses(task: str = TASK) -> list[str]:
    return list(ProcrastinateJob.objects.filter(task_name=task).values_list("status", flat=True))


def heard_of(*, after: str) -> None:
    """The workers there are reported for the last time so long after the present instant."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() + %s::interval", [after])


@contextmanager
def worker_process() -> Iterator[subprocess.Popen[bytes]]:
    found = connection.get_connection_params()
    parts = {key: str(found[key]) for key in ("host", "port", "user", "password") if found.get(key)}
    url = psycopg.conninfo.make_conninfo(dbname=found["dbname"], **parts)
    environment = {
        **os.environ,
        "KEEPWELL_TEST_CONNINFO": url,
        "DJANGO_SETTINGS_MODULE": "tests.settings_beside",
    }
    process = subprocess.Popen([sys.executable, str(WORKER)], env=environment)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def test_a_job_whose_worker_was_killed_is_worked_again(transactional_db: None, tmp_path: Path) -> None:
    app.configure_task(TASK).defer(traces=str(tmp_path))
    with worker_process() as first:
        assert first.wait(SOON_SECONDS) == -signal.SIGKILL
    assert statuses() == ["doing"], "without a rescue it would stay so for ever"

    # Half a minute passes: the dead worker has not been heard of since.
    heard_of(after="-31 seconds")
    app.configure_task("keepwell.operate.jobs.rescue").defer(timestamp=0)
    with worker_process() as second:
        assert eventually(lambda: statuses() == ["succeeded"])
        assert second.poll() is None
    assert sorted(trace.name for trace in tmp_path.iterdir()) == ["attempt-0", "attempt-1"]


def test_a_job_whose_worker_lives_is_left_to_it(transactional_db: None, tmp_path: Path) -> None:
    app.configure_task(TASK).defer(traces=str(tmp_path))
    with worker_process() as first:
        first.wait(SOON_SECONDS)
    heard_of(after="1 hour")  # as of a worker that is well and goes on reporting
    app.configure_task("keepwell.operate.jobs.rescue").defer(timestamp=0)
    with worker_process():
        done = ProcrastinateJob.objects.filter(task_name="keepwell.operate.jobs.rescue", status="succeeded")
        assert eventually(done.exists)
    assert statuses() == ["doing"]


def test_a_worker_that_is_stopped_leaves_a_job_that_does_not_end(
    transactional_db: None, tmp_path: Path
) -> None:
    begun = tmp_path / "begun"
    app.configure_task(ENDLESS).defer(trace=str(begun))
    with worker_process() as worker:
        assert eventually(begun.exists)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(SOON_SECONDS) == 0
    assert statuses(ENDLESS) == ["doing"], "so that the rescue finds it"


def test_the_rescue_runs_each_minute() -> None:
    crons = {periodic.task.name: periodic.cron for periodic in app.periodic_registry.periodic_tasks.values()}
    assert crons["keepwell.operate.jobs.rescue"] == "* * * * *"
