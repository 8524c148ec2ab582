"""What runs by itself: whoever does not answer a call-out in time is passed over."""

from procrastinate.contrib.django import app

from keepwell.staffing.verbs.calling_out import pass_on_what_is_due


@app.periodic(cron="* * * * *")
@app.task(name="staffing.pass_on", queueing_lock="staffing.pass_on")
def pass_on(timestamp: int) -> None:
    pass_on_what_is_due()
