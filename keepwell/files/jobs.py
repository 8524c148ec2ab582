"""The files' own work: scanning what waits, clearing away what nobody owns."""

from procrastinate.contrib.django import app

from keepwell.files.verbs.cleaning import clean
from keepwell.files.verbs.scanning_later import scan_what_waits


@app.periodic(cron="*/5 * * * *")
@app.task(name="files.scan", queueing_lock="files.scan")
def scan_files(timestamp: int) -> None:
    scan_what_waits()


@app.periodic(cron="20 * * * *")
@app.task(name="files.clean", queueing_lock="files.clean")
def clean_files(timestamp: int) -> None:
    clean()
