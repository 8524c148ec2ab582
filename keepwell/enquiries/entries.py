"""What is recorded about enquiries: that something was asked for, who has it in hand, how it ended."""

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

declare(
    "enquiry.asked",
    words=_("Asked us for something"),
    facts={"enquiry": int, "kind": str, "wanted": str, "owner": int},
    customers_see=True,
)
declare("enquiry.taken", words=_("An enquiry is in hand"), facts={"enquiry": int, "owner": int})
declare(
    "enquiry.given", words=_("An enquiry is answered by somebody else"), facts={"enquiry": int, "owner": int}
)
declare(
    "enquiry.settled",
    words=_("An enquiry was settled"),
    facts={"enquiry": int, "to_state": str},
    customers_see=True,
)
declare("enquiry.withdrawn", words=_("An enquiry was withdrawn"), facts={"enquiry": int}, customers_see=True)
