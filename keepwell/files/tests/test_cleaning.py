import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db.models import OuterRef

from keepwell.files import orphans
from keepwell.files.content import place_of
from keepwell.files.models import Attachment, Blob
from keepwell.files.verbs.cleaning import clean
from keepwell.files.verbs.storing import store
from keepwell.journal.models import Entry
from keepwell.kit import clock
from keepwell.people.actors import System

pytestmark = pytest.mark.django_db

FORM = System("form")
LATER = timedelta(hours=25)


@pytest.fixture
def owned(monkeypatch):
    """Attachments whose name begins with "owned" belong to somebody, as if one slice owned them."""
    monkeypatch.setattr(orphans, "_owners", {})
    orphans.owner(
        "test", lambda: Attachment.objects.filter(pk=OuterRef("pk"), name__startswith="owned").values("pk")
    )


def sent(name, body, disk, *, at=None):
    attachment = store(ContentFile(body, name=name), by=FORM, at=at)
    age = clock.now() - (at or clock.now())
    path = disk / place_of(attachment.blob.sha256)
    kept_at = path.stat().st_mtime - age.total_seconds()
    os.utime(path, (kept_at, kept_at))
    return attachment


@pytest.mark.usefixtures("owned")
def test_what_belongs_to_nobody_for_a_day_is_removed_with_its_content(disk):
    before = clock.now() - LATER
    kept = sent("owned.log", b"kept", disk, at=before)
    gone = sent("nobodys.log", b"gone", disk, at=before)
    fresh = sent("fresh.log", b"fresh", disk)
    assert clean() == 1
    assert set(Attachment.objects.all()) == {kept, fresh}
    assert not (disk / place_of(gone.blob.sha256)).exists()
    assert (disk / place_of(kept.blob.sha256)).exists()
    entry = Entry.objects.get(kind="file.removed")
    assert entry.facts == {"size": 4, "unowned": True}
    assert clean() == 0


@pytest.mark.usefixtures("owned")
def test_content_stays_as_long_as_one_attachment_has_it(disk):
    before = clock.now() - LATER
    sent("nobodys.log", b"same", disk, at=before)
    kept = sent("owned.log", b"same", disk, at=before)
    assert clean() == 1
    assert Blob.objects.get() == kept.blob
    assert (disk / place_of(kept.blob.sha256)).exists()


def test_nothing_is_removed_as_long_as_nobody_says_what_he_owns(disk, monkeypatch):
    monkeypatch.setattr(orphans, "_owners", {})
    sent("nobodys.log", b"text", disk, at=clock.now() - LATER)
    assert clean() == 0
    assert Attachment.objects.count() == 1


@pytest.mark.usefixtures("owned")
def test_what_a_crash_left_on_the_disk_is_cleared_and_what_just_came_is_not(disk):
    kept = sent("owned.log", b"text", disk, at=clock.now() - LATER)
    beside = (disk / place_of(kept.blob.sha256)).parent
    for name, hours in (("incoming-old", 2), ("incoming-new", 0), ("0" * 64, 2)):
        (beside / name).write_bytes(b"half")
        kept_at = (beside / name).stat().st_mtime - hours * 3600
        os.utime(beside / name, (kept_at, kept_at))
    clean()
    assert {path.name for path in beside.iterdir()} == {kept.blob.sha256, "incoming-new"}
