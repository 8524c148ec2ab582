"""What leaves by itself."""

from procrastinate.contrib.django import app

from keepwell.conversations.models import Message
from keepwell.conversations.verbs.releasing import release, release_due


@app.task(name="conversations.release")
def release_message(message: int) -> None:
    for pending in Message.objects.filter(pk=message):
        release(pending)


# Each minute, for what a worker that died or a database that was away has left behind.
@app.periodic(cron="* * * * *")
@app.task(name="conversations.release_due", queueing_lock="conversations.release_due")
def release_what_is_due(timestamp: int) -> None:
    release_due()
