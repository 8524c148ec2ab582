"""`keepwell doctor journal`: what was sealed is what stands there."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keepwell.journal.sealing import Damage, damages
from keepwell.kit.checkups import checkup


@checkup("journal", gettext_lazy("every entry against the seal it stands under"))
def journal() -> Iterator[str]:
    for damage in damages():
        yield from _sentences(damage)


def _sentences(damage: Damage) -> Iterator[str]:
    facts = {"first": damage.first_entry, "last": damage.last_entry, "found": damage.found_entries}
    if not damage.sealed_entries:
        yield _("Entries %(first)s to %(last)s bear no seal though they are old.") % facts
    elif not damage.changed:
        yield _("The seal of entries %(first)s to %(last)s was changed, or the one before it.") % facts
    for entry in damage.changed:
        yield _("Entry %(entry)s was changed, taken out or put in after it was sealed.") % {"entry": entry}
