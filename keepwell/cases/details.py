"""The small texts of a case, as they are kept."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from keepwell.cases.refusals import CaseRefused

LONGEST_SUBJECT = 250
LONGEST_TAG = 40
MOST_TAGS = 20


def clean_subject(text: str) -> str:
    """One line. Errors: CaseRefused for an empty one, or one that is too long to be one."""
    subject = " ".join(text.replace("\x00", "").split())
    if not subject:
        raise CaseRefused(_("A case needs a subject, in a few words."))
    if len(subject) > LONGEST_SUBJECT:
        raise CaseRefused(
            _("The subject is longer than %(longest)s characters. Put the rest into the message.")
            % {"longest": LONGEST_SUBJECT}
        )
    return subject


def clean_tags(tags: Iterable[str]) -> list[str]:
    """Each once, in small letters, in order. Errors: CaseRefused for too many, or one that is too long."""
    cleaned = sorted({"-".join(tag.replace("\x00", "").lower().split()) for tag in tags} - {""})
    if len(cleaned) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in cleaned):
        raise CaseRefused(
            _("A case takes %(most)s tags of at most %(longest)s characters.")
            % {"most": MOST_TAGS, "longest": LONGEST_TAG}
        )
    return cleaned
