"""What is recorded about reports that people have mailed to themselves."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

declare("report.subscribed", words=_("Has the report of promises mailed"), facts={"subscription": int})
declare("report.unsubscribed", words=_("Has it mailed no longer"), facts={"subscription": int})
declare(
    "report.mailed",
    words=_("The report of promises was mailed"),
    facts={"subscription": int, "due_at": datetime},
)
