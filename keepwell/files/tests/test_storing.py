import errno
import os
import resource
import stat
from contextlib import ExitStack, contextmanager

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from keepwell.files.checks import files_on_disk
from keepwell.files.content import place_of
from keepwell.files.drafts import Draft, drafted, new_token, take
from keepwell.files.models import Attachment, Blob, ScanState
from keepwell.files.queries import visible_entries
from keepwell.files.reading import open_attachment
from keepwell.files.refusals import FileGone, FileRefused
from keepwell.files.scanning import TEST_VIRUS
from keepwell.files.serving import headers_of
from keepwell.files.verbs.removing import remove, remove_from_draft
from keepwell.files.verbs.storing import store
from keepwell.journal.models import Entry
from keepwell.kit.locking import lock_key
from keepwell.people.actors import System
from keepwell.people.permits import NotPermitted
from tests import cast
from tests.waiting import at_the_same_time, until_somebody_waits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("disk")]

FORM = System("form")
PNG = b"\x89PNG\r\n\x1a\n" + b"pixels" * 100


def upload(name="error.log", body=b"It does not start.\n"):
    return SimpleUploadedFile(name, body)


def files_on(disk):
    return sorted(path for path in disk.rglob("*") if path.is_file())


def refusal_of(sent, **how):
    with pytest.raises(FileRefused) as caught:
        store(sent, by=FORM, **how)
    return caught.value


def nothing_is_stored(disk):
    return not Attachment.objects.exists() and not Blob.objects.exists() and files_on(disk) == []


def test_a_file_is_kept_under_its_hash_and_read_again(disk):
    attachment = store(upload(), by=FORM)
    (path,) = files_on(disk)
    assert path == disk / place_of(attachment.blob.sha256)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (disk, *list(path.parents)[:2])} == {0o700}
    with open_attachment(attachment) as file:
        assert file.read() == b"It does not start.\n"
    assert (attachment.name, attachment.media_type, attachment.size) == ("error.log", "text/plain", 19)


def test_the_name_sent_never_reaches_the_disk(disk):
    attachment = store(ContentFile(b"x", name="../../../etc/cron.d/canary\u202etxt.log"), by=FORM)
    assert attachment.name == "canarytxt.log"
    assert "canary" not in " ".join(str(path) for path in files_on(disk))
    assert "canary" not in str(list(Entry.objects.values("facts")))


def test_two_people_share_the_content_and_never_the_attachment(disk):
    dana, nora = cast.dana_at_elm_falls(), cast.nora_of_another_town()
    one, other = store(upload("mine.log"), by=dana), store(upload("hers.log"), by=nora)
    assert one.blob == other.blob
    assert one.pk != other.pk
    assert len(files_on(disk)) == 1
    remove(one, by=dana)
    with open_attachment(other) as file:
        assert file.read()
    with pytest.raises(NotPermitted):
        remove(other, by=dana)


def test_an_empty_file_is_refused_in_words(disk):
    refusal = refusal_of(upload("empty.log", b""))
    assert str(refusal).startswith("empty.log is empty.")
    assert nothing_is_stored(disk)
    assert Entry.objects.get(kind="file.refused").facts == {"size": 0, "reason": "empty"}


def test_a_file_over_the_limit_is_refused_and_one_at_it_is_taken(disk, settings):
    settings.KEEPWELL_FILE_MEGABYTES = 1
    megabyte = b"x" * 1024 * 1024
    assert "larger than 1 MB" in str(refusal_of(upload(body=megabyte + b"x")))
    assert nothing_is_stored(disk)
    assert store(upload(body=megabyte), by=FORM).size == 1024 * 1024


def test_a_program_is_refused_whatever_it_is_called(disk):
    for sent in (upload("setup.exe"), upload("notes.txt", b"MZ\x90 a program")):
        assert refusal_of(sent).reason == "program"
    assert nothing_is_stored(disk)


def test_the_test_virus_is_refused_without_any_scanner(disk):
    assert refusal_of(upload("eicar.txt", TEST_VIRUS + b"\n")).reason == "virus"
    assert nothing_is_stored(disk)


def test_a_file_that_did_not_arrive_whole_is_refused(disk):
    cut = upload()
    cut.size = 500
    assert refusal_of(cut).reason == "unreadable"
    assert nothing_is_stored(disk)


@contextmanager
def no_file_may_grow_over(size):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_takes_no_more_leaves_nothing_half_stored(disk):
    with no_file_may_grow_over(1000):
        refusal = refusal_of(upload(body=b"x" * 5000))
    assert refusal.__cause__.errno == errno.EFBIG
    assert "no room for files" in str(refusal)
    assert nothing_is_stored(disk)
    assert Entry.objects.get(kind="file.refused").facts["reason"] == "storage"


def test_a_folder_that_cannot_be_made_is_said_and_nothing_kept(disk):
    disk.write_text("a file where the folder should be")
    assert refusal_of(upload()).reason == "storage"
    assert not Blob.objects.exists()


def test_content_damaged_on_the_disk_is_written_anew(disk):
    attachment = store(upload(), by=FORM)
    (disk / place_of(attachment.blob.sha256)).write_bytes(b"cut")
    store(upload(), by=FORM)
    with open_attachment(attachment) as file:
        assert file.read() == b"It does not start.\n"


def test_content_lost_from_the_disk_is_said_as_gone(disk):
    attachment = store(upload(), by=FORM)
    (disk / place_of(attachment.blob.sha256)).unlink()
    with pytest.raises(FileGone):
        open_attachment(attachment)


def test_a_draft_opens_with_its_token_for_its_holder_alone():
    token = new_token()
    mine = Draft(token=token, holder="person:7")
    attachment = store(upload(), by=FORM, draft=mine)
    assert drafted(mine) == [attachment]
    assert drafted(Draft(token=token, holder="person:8")) == []
    assert drafted(Draft(token=new_token(), holder="person:7")) == []
    assert token not in attachment.draft_key


def test_a_draft_is_taken_once():
    draft = Draft(token=new_token(), holder="session:abc")
    sent = [store(upload(f"{number}.log"), by=FORM, draft=draft) for number in (1, 2)]
    assert take(draft) == sent
    assert take(draft) == []


def test_one_file_too_many_is_refused(settings):
    settings.KEEPWELL_FILES_PER_MESSAGE = 2
    draft = Draft(token=new_token(), holder="session:abc")
    for number in (1, 2):
        store(upload(f"{number}.log"), by=FORM, draft=draft)
    assert "2 files at most" in str(refusal_of(upload("3.log"), draft=draft))
    assert len(drafted(draft)) == 2


def test_a_file_is_taken_out_of_a_draft_by_its_holder_alone():
    draft = Draft(token=new_token(), holder="session:abc")
    attachment = store(upload(), by=FORM, draft=draft)
    elsewhere = Draft(token=draft.token, holder="session:xyz")
    assert remove_from_draft(elsewhere, attachment.pk, by=FORM) is None
    assert remove_from_draft(draft, attachment.pk, by=FORM)
    assert not Attachment.objects.exists()
    assert Entry.objects.filter(kind="file.removed").count() == 1


def test_what_was_sent_is_not_taken_out_of_the_draft_any_more():
    draft = Draft(token=new_token(), holder="session:abc")
    attachment = store(upload(), by=FORM, draft=draft)
    take(draft)
    assert remove_from_draft(draft, attachment.pk, by=FORM) is None


@pytest.mark.django_db(transaction=True)
def test_the_same_content_waits_while_the_cleaning_job_looks_at_it(disk):
    first = store(upload("first.log"), by=FORM)
    with ExitStack() as meanwhile, transaction.atomic():
        lock_key(first.blob.sha256)
        came = meanwhile.enter_context(at_the_same_time(lambda: store(upload("second.log"), by=FORM)))
        until_somebody_waits()
    assert [attachment.blob for attachment in came] == [first.blob]
    assert len(files_on(disk)) == 1


@pytest.mark.django_db(transaction=True)
def test_ten_uploads_of_the_same_content_at_once_share_one_blob(disk):
    with ExitStack() as meanwhile:
        came = [
            meanwhile.enter_context(
                at_the_same_time(lambda number=number: store(upload(f"{number}.log"), by=FORM))
            )
            for number in range(10)
        ]
    assert {attachment.name for (attachment,) in came} == {f"{number}.log" for number in range(10)}
    assert Blob.objects.count() == 1
    assert len(files_on(disk)) == 1


def test_content_is_safe_on_the_disk_before_it_is_in_its_place(disk, monkeypatch):
    done = []
    for name in ("fsync", "replace"):
        real = getattr(os, name)

        def noted(*given, name=name, real=real):
            done.append(name)
            return real(*given)

        monkeypatch.setattr(os, name, noted)
    store(upload(), by=FORM)
    assert done == ["fsync", "replace", "fsync"]


def test_a_picture_is_shown_and_never_acts():
    headers = headers_of(store(upload("picture.png", PNG), by=FORM))
    assert headers["Content-Type"] == "image/png"
    assert headers["Content-Disposition"] == 'inline; filename="picture.png"'
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_a_picture_can_be_asked_for_to_save_it():
    headers = headers_of(store(upload("picture.png", PNG), by=FORM), for_saving=True)
    assert headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "picture.png", "script.mjs", "page.xhtml"])
def test_a_page_under_any_name_is_for_saving_only(name):
    headers = headers_of(store(upload(name, b"<html><script>alert(1)</script></html>"), by=FORM))
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith("attachment")


def test_text_is_shown_as_text_and_a_name_in_any_script_survives():
    headers = headers_of(store(upload("протокол.log", "Grüße".encode()), by=FORM))
    assert headers["Content-Type"] == "text/plain; charset=utf-8"
    assert headers["Content-Disposition"].startswith("inline; filename*=utf-8''%D0%BF")


def test_a_media_type_that_is_not_on_the_list_is_never_answered():
    attachment = store(upload(), by=FORM)
    attachment.media_type = "text/html"
    assert headers_of(attachment)["Content-Type"] == "application/octet-stream"
    assert headers_of(attachment)["Content-Disposition"].startswith("attachment")


def test_what_waits_for_its_scan_is_for_saving_only(settings):
    settings.KEEPWELL_SCANNER = "/nowhere/scanner"
    attachment = store(upload("picture.png", PNG), by=FORM)
    assert attachment.blob.scan_state == ScanState.UNSCANNED
    assert headers_of(attachment)["Content-Disposition"].startswith("attachment")


def test_administrators_read_what_was_taken_in_and_nobody_else():
    store(upload(), by=FORM)
    assert visible_entries(cast.ada_the_administrator()).count() == 1
    assert visible_entries(cast.maria_the_specialist()).count() == 0
    assert visible_entries(cast.dana_at_elm_falls()).count() == 0


def test_the_doctor_names_content_that_is_missing_or_changed(disk):
    kept, changed, lost = (store(upload(body=body), by=FORM) for body in (b"kept", b"changed", b"lost"))
    (disk / place_of(changed.blob.sha256)).write_bytes(b"something else")
    (disk / place_of(lost.blob.sha256)).unlink()
    assert list(files_on_disk()) == [
        f"The content of blob {changed.blob_id} is not what was stored.",
        f"The content of blob {lost.blob_id} is not on the disk.",
    ]
    assert headers_of(kept)
