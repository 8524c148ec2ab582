"""Forgetting what a customer's person wrote about a case, beside his messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.cases.changing import change
from keepwell.cases.models import Case, Closure
from keepwell.journal.recording import Actor, caused_by
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.outbox.verbs.forgetting import forget_mail_about


@all_or_nothing()
def erase_words_of_contacts(contact_ids: Sequence[int], *, by: Actor, at: datetime | None = None) -> int:
    """Subject, situation and wish of all cases of whoever stands under these ids are gone; the cases stay.

    So do the mails about them, whoever got them: each says the subject. Gives how many cases that were. The
    caller has asked for the permit. Effects: case.words_erased on each; mail.forgotten.
    """
    at = clock.instant(at)
    cases = list(Case.objects.select_for_update(no_key=True).filter(contact__in=contact_ids).order_by("pk"))
    Closure.objects.filter(case__in=cases).exclude(wish="").update(wish=_("Erased"))
    with caused_by():
        for case in cases:
            change(case, "case.words_erased", by=by, at=at, columns={"subject": _("Erased"), "situation": ""})
        forget_mail_about([("case", case.pk) for case in cases], by=by, at=at)
    return len(cases)
