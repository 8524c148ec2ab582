"""The ways in: what came by mail is understood, and what is no longer needed is cleared away."""

from procrastinate.contrib.django import app

from keepwell.channels.email.verbs.understanding import still_to_understand, understand
from keepwell.channels.limiting import forget_old_attempts

# Of two jobs the one with the higher priority is worked first; that of all others is 0.
BACKLOG = -10


@app.periodic(cron="50 * * * *")
@app.task(name="channels.forget_attempts", queueing_lock="channels.forget_attempts")
def forget_attempts(timestamp: int) -> None:
    forget_old_attempts()


@app.task(name="channels.understand_mail")
def understand_mail(mail: int) -> None:
    understand(mail)


# Each minute, for mails whose job failed, or never ran because a worker died.
@app.periodic(cron="* * * * *")
@app.task(name="channels.understand_what_is_left", queueing_lock="channels.understand_what_is_left")
def understand_what_is_left(timestamp: int) -> None:
    # Each in a job of its own: one that fails holds up no other.
    for mail in still_to_understand():
        understand_mail.configure(priority=BACKLOG).defer(mail=mail)
