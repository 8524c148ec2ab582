"""Why a file is not taken."""

from __future__ import annotations

from django.utils.translation import gettext as _

from keepwell.kit.refusals import Refused

MEGABYTE = 1024 * 1024


class FileRefused(Refused):
    """A file is not taken and nothing of it is kept; `str()` says why, `reason` is the code of the entry."""

    def __init__(self, reason: str, words: str) -> None:
        self.reason = reason
        super().__init__(words)


class FileGone(LookupError):
    """The content of a file is not on the disk, or must not be handed out."""


def empty(name: str) -> FileRefused:
    return FileRefused("empty", _("%(name)s is empty. Choose it again, or send without it.") % {"name": name})


def too_large(name: str, megabytes: int) -> FileRefused:
    return FileRefused(
        "too_large",
        _("%(name)s is larger than %(megabytes)s MB, which is the most that is taken. It was not kept.")
        % {"name": name, "megabytes": megabytes},
    )


def too_many(name: str, files: int) -> FileRefused:
    return FileRefused(
        "too_many",
        _("%(name)s is one too many: %(files)s files at most can be sent at once. Remove one first.")
        % {"name": name, "files": files},
    )


def program(name: str) -> FileRefused:
    return FileRefused(
        "program",
        _("%(name)s is a program or runs like one, and is not taken. A picture or a text file will do.")
        % {"name": name},
    )


def virus(name: str) -> FileRefused:
    return FileRefused(
        "virus",
        _("The virus scanner found something in %(name)s. It was not kept; what you wrote is still there.")
        % {"name": name},
    )


def not_kept(name: str) -> FileRefused:
    return FileRefused(
        "storage",
        _(
            "%(name)s could not be kept: there is no room for files just now. Nothing of it was stored. "
            "Send without it, or try again later."
        )
        % {"name": name},
    )


def not_read(name: str) -> FileRefused:
    return FileRefused(
        "unreadable",
        _("%(name)s did not arrive whole. Choose it again, or send without it.") % {"name": name},
    )
