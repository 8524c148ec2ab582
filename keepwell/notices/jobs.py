"""What runs by itself: what is due leaves the house; what is old goes."""

import structlog
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from keepwell.kit import clock
from keepwell.notices.models import PushDevice
from keepwell.notices.pushing.carrying import TASK, is_urgent, still_to_tell, told_of
from keepwell.notices.pushing.sending import DeviceGone, NotTaken, NotTakenNow, send
from keepwell.notices.verbs.forgetting import forget_old_notices
from keepwell.notices.verbs.leaving import tell_what_is_due

log = structlog.get_logger("keepwell.notices")
# At once, then after 2 s, 4 s, 8 s ... for some half an hour in all: by then mail or the bell has told it.
AGAIN = RetryStrategy(max_attempts=10, exponential_wait=2, retry_exceptions={NotTakenNow})


@app.task(name=TASK, retry=AGAIN)
def push(device: int, notices: list[int]) -> None:
    """One device is told what its person has not read meanwhile; one that is gone is forgotten."""
    found = PushDevice.objects.select_related("user").filter(pk=device).first()
    told = still_to_tell(found, notices) if found else []
    if found is None or not told:
        return
    try:
        send(found, told_of(found.user, told), is_urgent=is_urgent(told))
    except DeviceGone:
        log.info("push_device_gone", device=device)
        found.delete()
    except NotTaken as why:
        log.warning("push_not_taken", device=device, why=str(why))
    else:
        PushDevice.objects.filter(pk=device).update(told_at=clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="notices.tell", queueing_lock="notices.tell")
def tell(timestamp: int) -> None:
    tell_what_is_due()


@app.periodic(cron="50 3 * * *")
@app.task(name="notices.forget", queueing_lock="notices.forget")
def forget(timestamp: int) -> None:
    forget_old_notices()
