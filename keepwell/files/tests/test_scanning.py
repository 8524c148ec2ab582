import shlex
import sys

import pytest
from django.core.files.base import ContentFile

from keepwell.files.content import place_of
from keepwell.files.models import Blob, ScanState
from keepwell.files.reading import open_attachment
from keepwell.files.refusals import FileGone, FileRefused
from keepwell.files.verbs.scanning_later import scan_what_waits
from keepwell.files.verbs.storing import store
from keepwell.journal.models import Entry
from keepwell.people.actors import System

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk")]

FORM = System("form")

# A real command in place of a scanner: it reads the file and finds the word "plague" in it.
FINDS_PLAGUE = "import sys; sys.exit(b'plague' in sys.stdin.buffer.read())"
HANGS = "import time; time.sleep(60)"
BREAKS = "import sys; sys.exit(2)"


def scanner(program):
    return shlex.join([sys.executable, "-c", program])


def sent(body, name="a.log"):
    return store(ContentFile(body, name=name), by=FORM)


def test_without_a_scanner_that_is_said():
    assert sent(b"text").blob.scan_state == ScanState.NO_SCANNER


def test_a_scanner_finds_nothing_or_something(settings):
    settings.KEEPWELL_SCANNER = scanner(FINDS_PLAGUE)
    attachment = sent(b"healthy")
    assert attachment.blob.scan_state == ScanState.CLEAN
    assert attachment.blob.scanned_at == attachment.created_at
    with pytest.raises(FileRefused, match="scanner found something"):
        sent(b"the plague")
    assert Blob.objects.count() == 1


@pytest.mark.parametrize("command", ["/nowhere/scanner", scanner(BREAKS), scanner(HANGS)])
def test_a_scanner_that_is_down_leaves_the_file_unscanned(settings, command):
    settings.KEEPWELL_SCANNER, settings.KEEPWELL_SCAN_SECONDS = command, 1
    attachment = sent(b"text")
    assert attachment.is_unscanned
    assert scan_what_waits() == 0
    settings.KEEPWELL_SCANNER, settings.KEEPWELL_SCAN_SECONDS = scanner(FINDS_PLAGUE), 20
    assert scan_what_waits() == 1
    assert scan_what_waits() == 0
    attachment.blob.refresh_from_db()
    assert attachment.blob.scan_state == ScanState.CLEAN


def test_what_is_found_later_is_handed_out_no_more(settings):
    one, other = sent(b"the plague", "one.log"), sent(b"the plague", "other.log")
    settings.KEEPWELL_SCANNER = scanner(FINDS_PLAGUE)
    assert scan_what_waits() == 1
    for attachment in (one, other):
        attachment.blob.refresh_from_db()
        with pytest.raises(FileGone):
            open_attachment(attachment)
        entry = Entry.objects.about("file", attachment.pk).last()
        assert (entry.kind, entry.facts) == ("file.scanned", {"scan_state": "infected"})
    with pytest.raises(FileRefused):
        sent(b"the plague")


def test_content_known_to_be_infected_is_refused_also_while_the_scanner_is_down(settings):
    sent(b"the plague")
    settings.KEEPWELL_SCANNER = scanner(FINDS_PLAGUE)
    scan_what_waits()
    settings.KEEPWELL_SCANNER = "/nowhere/scanner"
    with pytest.raises(FileRefused):
        sent(b"the plague")


def test_content_lost_from_the_disk_does_not_hold_up_the_others(settings, disk):
    lost, other = sent(b"lost"), sent(b"other")
    (disk / place_of(lost.blob.sha256)).unlink()
    settings.KEEPWELL_SCANNER = scanner(FINDS_PLAGUE)
    assert scan_what_waits() == 1
    other.blob.refresh_from_db()
    assert other.blob.scan_state == ScanState.CLEAN


def test_the_same_content_scanned_clean_once_is_clean_for_all(settings):
    first = sent(b"text")
    settings.KEEPWELL_SCANNER = scanner(FINDS_PLAGUE)
    sent(b"text")
    first.blob.refresh_from_db()
    assert first.blob.scan_state == ScanState.CLEAN
