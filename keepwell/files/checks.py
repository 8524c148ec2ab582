"""Whether what is attached is on the disk, and is what it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keepwell.files.content import open_content
from keepwell.files.models import Blob
from keepwell.kit.checkups import checkup


@checkup("files", gettext_lazy("attached files against the disk"))
def files_on_disk() -> Iterator[str]:
    """One sentence for each content that is missing or was changed; reads every file."""
    for blob in Blob.objects.order_by("pk").iterator():
        if words := _what_is_wrong(blob):
            yield words


def _what_is_wrong(blob: Blob) -> str:
    try:
        with open_content(blob.sha256) as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return _("The content of blob %(blob)s is not on the disk.") % {"blob": blob.pk}
    if found != blob.sha256:
        return _("The content of blob %(blob)s is not what was stored.") % {"blob": blob.pk}
    return ""
