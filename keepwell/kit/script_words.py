"""The few words that scripts say, translated here so that they are translated once."""

from __future__ import annotations

from django.utils.translation import gettext as _

from keepwell.kit.wording import days_in_words

DAYS_WRITTEN_OUT = 60


def words_for_scripts() -> dict[str, object]:
    """Patterns keep gettext's own marks, %(span)s; days are written out, since plurals differ by language."""
    return {
        "under_a_minute": _("less than a minute"),
        "minutes": _("%(minutes)s min"),
        "hours_minutes": _("%(hours)s h %(minutes)02d"),
        "hours": _("%(hours)s h"),
        "days_hours": _("%(days)s %(hours)s h"),
        "days": [days_in_words(days) for days in range(DAYS_WRITTEN_OUT)],
        "due_in": _("due in %(span)s"),
        "due_now": _("due now"),
        "late": _("late %(span)s"),
        "late_by": _("late by %(span)s"),
        "ago": _("%(span)s ago"),
        "just_now": _("just now"),
        "in": _("in %(span)s"),
        "draft_saved": _("Draft saved"),
        "draft_kept": _("Kept on this device. It is saved here too as soon as the connection is back."),
        "draft_restored": _("This is what you had written and not sent."),
        "rich_refused": _(
            "This text holds what the formatted box cannot keep, such as a table. It stays in the plain box."
        ),
        "picture_waits": _("A picture is still on its way. Send it again in a moment."),
        "offline": _("No connection. This page is not live; what you write is kept."),
        "live_again": _("Live again."),
        "failed": _(
            "That did not work: the server did not answer as expected. Nothing you wrote is lost. Try again."
        ),
        "not_reached": _("The server could not be reached. Nothing you wrote is lost. Try again."),
        "away": _("The database does not answer just now. Nothing you wrote is lost. Try again in a minute."),
        "forbidden": _("You may not do that. Nothing was changed."),
        "signed_out": _(
            "You have been signed out. Sign in again in another tab; what you wrote is kept here."
        ),
        "gone": _("That is no longer there. Load the page again to see how it stands."),
        "too_many": _("That was too often in a short time. Wait a minute and try again."),
        "undo": _("Undo"),
        "close": _("Close"),
        "yes": _("Yes, go on"),
        "no": _("Cancel"),
        "file_failed": _("could not be sent"),
        "file_removed": _("Remove"),
        "selected": _("%(count)s selected"),
        "nothing_found": _("Nothing found for these words."),
        "here": _("On this page"),
    }
