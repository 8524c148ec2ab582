"""What runs by itself: what is due leaves the house; what is old goes."""

from procrastinate.contrib.django import app

from keepwell.notices.verbs.forgetting import forget_old_notices
from keepwell.notices.verbs.leaving import tell_what_is_due


@app.periodic(cron="* * * * *")
@app.task(name="notices.tell", queueing_lock="notices.tell")
def tell(timestamp: int) -> None:
    tell_what_is_due()


@app.periodic(cron="50 3 * * *")
@app.task(name="notices.forget", queueing_lock="notices.forget")
def forget(timestamp: int) -> None:
    forget_old_notices()
