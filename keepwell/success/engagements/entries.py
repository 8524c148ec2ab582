"""What is recorded about engagements: acts, states, instants and numbers; never a note or a name."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

ONE = {"engagement": int}
TIME = {"starts_at": datetime, "ends_at": datetime, "sequence": int}
ATTENDEE = {**ONE, "attendee": int}
ACTION = {**ONE, "action": int}

declare(
    "engagement.begun",
    words=_("An engagement was asked for or proposed"),
    facts={**ONE, "kind": str, "origin": str, "origin_id": int, "reactive": bool},
)
declare("engagement.given", words=_("An engagement is held by somebody else"), facts={**ONE, "host": int})
declare("engagement.released", words=_("Nobody holds an engagement yet"), facts=ONE)
declare("engagement.changed", words=_("An engagement was changed"), facts={**ONE, "fields": list})
declare(
    "engagement.offered",
    words=_("Times were offered"),
    facts={**ONE, "times": int, "asked": int},
    customers_see=True,
)
declare(
    "engagement.scheduled",
    words=_("An engagement was scheduled for %(starts_at)s"),
    facts={**ONE, **TIME, "booked": bool},
    customers_see=True,
)
declare(
    "engagement.moved",
    words=_("An engagement was moved to %(starts_at)s"),
    facts={**ONE, **TIME, "from_starts_at": datetime, "reschedules": int},
    customers_see=True,
)
declare("engagement.held", words=_("An engagement was held"), facts=ONE, customers_see=True)
declare(
    "engagement.closed",
    words=_("An engagement was closed"),
    facts={**ONE, "outcome": str, "next_step": bool, "minutes": int},
    customers_see=True,
)
declare("engagement.declined", words=_("An engagement was declined"), facts=ONE, customers_see=True)
declare("engagement.cancelled", words=_("An engagement was cancelled"), facts=ONE, customers_see=True)
declare("engagement.missed", words=_("Nobody came to an engagement"), facts=ONE, customers_see=True)
declare(
    "engagement.rated", words=_("An engagement was rated"), facts={**ONE, "rating": int}, customers_see=True
)
declare("engagement.noted", words=_("Notes on an engagement"), facts={**ONE, "shared": bool})
declare("engagement.redacted", words=_("Words removed from an engagement"), facts=ONE)

declare("attendee.added", words=_("Somebody takes part in an engagement"), facts=ATTENDEE, customers_see=True)
declare("attendee.removed", words=_("Somebody takes no part in an engagement"), facts=ATTENDEE)
declare(
    "attendee.answered",
    words=_("An invitation was answered"),
    facts={**ATTENDEE, "answer": str},
    customers_see=True,
)
declare(
    "booking.revoked", words=_("The ways to choose a time lead nowhere any more"), facts={**ONE, "links": int}
)

declare(
    "engagement_action.added",
    words=_("Something is to be done until %(due_on)s"),
    facts={**ACTION, "side": str, "due_on": str},
    customers_see=True,
)
declare("engagement_action.moved", words=_("What is to be done stands on the road map"), facts=ACTION)
declare("engagement_action.done", words=_("Something was done"), facts=ACTION, customers_see=True)
declare(
    "engagement_action.given",
    words=_("Somebody else of ours does what was to be done"),
    facts={**ACTION, "person": int},
)
declare(
    "engagement_action.dropped", words=_("Something is not done after all"), facts=ACTION, customers_see=True
)
declare(
    "engagement_action.reopened", words=_("Something is still to be done"), facts=ACTION, customers_see=True
)

declare(
    "touch.logged", words=_("Spoke with the customer, or noted something"), facts={"touch": int, "way": str}
)
declare("touch.redacted", words=_("Words removed from what was logged"), facts={"touch": int})

declare(
    "cadence.set",
    words=_("The customer is met by a cadence"),
    facts={"cadence": int, "kind": str, "starts_on": str},
)
declare(
    "cadence.given",
    words=_("Somebody else meets the customer by a cadence"),
    facts={"cadence": int, "host": int},
)
declare("cadence.ended", words=_("The customer is no longer met by a cadence"), facts={"cadence": int})

declare("meeting_hours.set", words=_("When the customer can be met was set"), facts={"calendar": int})
declare("busy_calendar.subscribed", words=_("A calendar kept elsewhere is looked into"))
declare("busy_calendar.ended", words=_("A calendar kept elsewhere is looked into no more"))
declare("busy_calendar.failing", words=_("A calendar kept elsewhere cannot be read"))
declare("busy_calendar.read_again", words=_("A calendar kept elsewhere can be read again"))
declare("calendar_feed.made", words=_("A calendar to subscribe to was made"), facts={"renewed": int})
declare("calendar_feed.closed", words=_("A calendar to subscribe to was closed"))
