"""What runs by itself, once an hour."""

from procrastinate.contrib.django import app

from keepwell.contracts.renewing_themselves import grant_the_hours_of_new_years, renew_what_renews_itself


@app.periodic(cron="25 * * * *")
@app.task(name="contracts.keep_up", queueing_lock="contracts.keep_up")
def keep_up(timestamp: int) -> None:
    renew_what_renews_itself()
    grant_the_hours_of_new_years()
