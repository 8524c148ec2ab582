"""What runs by itself: reports that have come due, each a job of its own; what-ifs of many cases."""

from procrastinate.contrib.django import app

from keepwell.insight.queries import due_to, standing_subscriptions, support_zone
from keepwell.insight.verbs.mailing import mail_what_is_due
from keepwell.insight.what_if.answering import JOB, forget_old, work_out
from keepwell.kit import clock


@app.periodic(cron="*/10 * * * *")
@app.task(name="insight.look_for_reports", queueing_lock="insight.look_for_reports")
def look_for_reports(timestamp: int) -> None:
    now = clock.now()
    zone = support_zone(now)
    for subscription in standing_subscriptions():
        if due_to(subscription, at=now, zone=zone):
            # One that fails keeps nobody else from his.
            app.configure_task("insight.mail_report").defer(subscription=subscription.pk)


@app.task(name="insight.mail_report")
def mail_report(subscription: int) -> None:
    mail_what_is_due(subscription)


@app.task(name=JOB)
def work_out_what_if(what_if: int) -> None:
    work_out(what_if)


@app.periodic(cron="40 * * * *")
@app.task(name="insight.forget_what_ifs", queueing_lock="insight.forget_what_ifs")
def forget_what_ifs(timestamp: int) -> None:
    forget_old(at=clock.now())
