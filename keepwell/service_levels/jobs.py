"""What runs by itself: telling what has come due, and what burns; what is at stake."""

from procrastinate.contrib.django import app

from keepwell.kit import clock
from keepwell.service_levels import staking
from keepwell.service_levels.closing_windows import close_windows
from keepwell.service_levels.passing import fire_what_is_due
from keepwell.service_levels.verbs.burning import tell_what_burns


@app.periodic(cron="* * * * *")
@app.task(name="service_levels.fire", queueing_lock="service_levels.fire")
def fire(timestamp: int) -> None:
    fire_what_is_due()


@app.periodic(cron="*/10 * * * *")
@app.task(name="service_levels.tell_what_burns", queueing_lock="service_levels.tell_what_burns")
def tell_burning(timestamp: int) -> None:
    tell_what_burns()


@app.periodic(cron="20 * * * *")
@app.task(name="service_levels.close_windows", queueing_lock="service_levels.close_windows")
def keep_closed_windows(timestamp: int) -> None:
    close_windows()


@app.periodic(cron="*/5 * * * *")
@app.task(name="service_levels.keep_stakes", queueing_lock="service_levels.keep_stakes")
def keep_stakes(timestamp: int) -> None:
    staking.keep_stakes(at=clock.now())
