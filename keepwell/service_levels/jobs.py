"""What runs by itself: telling what has come due."""

from procrastinate.contrib.django import app

from keepwell.service_levels.passing import fire_what_is_due


@app.periodic(cron="* * * * *")
@app.task(name="service_levels.fire", queueing_lock="service_levels.fire")
def fire(timestamp: int) -> None:
    fire_what_is_due()
