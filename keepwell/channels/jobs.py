"""The ways in clear away what they no longer need."""

from procrastinate.contrib.django import app

from keepwell.channels.limiting import forget_old_attempts


@app.periodic(cron="50 * * * *")
@app.task(name="channels.forget_attempts", queueing_lock="channels.forget_attempts")
def forget_attempts(timestamp: int) -> None:
    forget_old_attempts()
