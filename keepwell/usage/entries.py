"""What is recorded about usage: sources and what goes wrong with them; never what a person did."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

declare("source.added", words=_("A source of usage data was added"), facts={"kind": str, "product": int})
declare("source.changed", words=_("A source of usage data was changed"), facts={"silent_after_hours": int})
declare("source.key_replaced", words=_("The write key of a source was replaced"))
declare("source.stopped", words=_("Nothing is taken from a source any more"))
declare("source.resumed", words=_("A source is taken from again"))
declare("source.fell_silent", words=_("A source of usage data fell silent"), facts={"heard_at": datetime})
declare("source.heard_again", words=_("A source of usage data is heard again"))
declare(
    "source.file_taken",
    words=_("%(events)s events were brought in from a file"),
    facts={"events": int, "days": int, "revision": int},
)
declare("source.person_erased", words=_("Who a person in usage data was is forgotten"), facts={"keys": int})
declare("source.days_forgotten", words=_("Old events were removed"), facts={"days": int})
declare(
    "usage.told_late",
    words=_("What was used on an earlier day became known late"),
    facts={"first_on": str, "last_on": str, "days": int},
)
