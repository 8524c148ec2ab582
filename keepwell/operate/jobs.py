"""Jobs about jobs: what a killed worker held is worked again, old ones are cleared; and the demonstration."""

from __future__ import annotations

import structlog
from procrastinate import JobContext
from procrastinate.contrib.django import app

from keepwell.operate.demo.playing import play
from keepwell.operate.demo.using import use
from keepwell.operate.models import DemoPlay
from keepwell.usage.jobs import ALONE
from keepwell.usage.verbs.measuring import measure

log = structlog.get_logger("keepwell.worker")

KEEP_FINISHED_HOURS = 24
KEEP_FAILED_HOURS = 24 * 30
ACTS_AT_A_TIME = 100


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="rescue", pass_context=True)
async def rescue(context: JobContext, timestamp: int) -> None:
    """Puts jobs back that a worker held when it was killed, 30 s after its last sign of life.

    So a job may run twice: every job does its work only if it is still to be done.
    """
    for job in await context.app.job_manager.get_stalled_jobs():
        log.warning("job_rescued", job=job.id, task=job.task_name, attempts=job.attempts)
        await context.app.job_manager.retry_job(job)


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="clear_old_jobs", pass_context=True)
async def clear_old_jobs(context: JobContext, timestamp: int) -> None:
    """Jobs done are kept for a day, failed ones for a month."""
    manager = context.app.job_manager
    await manager.delete_old_jobs(nb_hours=KEEP_FINISHED_HOURS)
    await manager.delete_old_jobs(
        nb_hours=KEEP_FAILED_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


@app.task(name="demo.use_on", lock=ALONE)
def use_on(months_done: int = 0) -> None:
    """A month of use of the demonstration more, and asks for itself again; then all of it is worked out."""
    played = DemoPlay.objects.get()
    if use(played.seed, played.ends_at, months_done):
        use_on.defer(months_done=months_done + 1)
    else:
        measure()


@app.task(name="demo.play_on")
def play_on() -> None:
    """Plays on, some acts at a time, so that other jobs get their turn, and asks for itself again.

    Killed, the rescue puts it back, and it goes on where it stopped.
    """
    play(ACTS_AT_A_TIME)
    if not DemoPlay.objects.get().is_over:
        play_on.defer()
