"""The journal's own work: sealing what has settled."""

from procrastinate.contrib.django import app

from keepwell.journal.sealing import seal_what_has_settled


@app.periodic(cron="*/15 * * * *")
@app.task(name="journal.seal", queueing_lock="journal.seal")
def seal(timestamp: int) -> None:
    seal_what_has_settled()
