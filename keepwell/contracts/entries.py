"""What is recorded about contracts: ids, states, days, numbers; never a title, what was typed, a reason."""

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

SPAN = {"starts_on": str, "ends_on": str}
HOURS = {"minutes": int, "year_starts_on": str, "line": int}

declare("contract.opened", words=_("Contract opened"), facts=SPAN)
declare("contract.changed", words=_("Contract changed"), facts={"fields": list})
declare("term.begun", words=_("A term from %(starts_on)s to %(ends_on)s"), facts={"term": int, **SPAN})
declare("term.added", words=_("A term of the past was added"), facts={"term": int, **SPAN})
declare(
    "term.changed",
    words=_("The term ends on %(ends_on)s instead of %(ended_on)s"),
    facts={"term": int, "ended_on": str, "ends_on": str},
)
declare(
    "renewal.decided",
    words=_("Renewal: %(outcome)s"),
    facts={"renewal": int, "outcome": str, "avoidable": bool, "tacit": bool},
)
declare(
    "subscription.added",
    words=_("Subscribed to more"),
    facts={"product": int, "module": int, "seats": int, "price_cents": int, "period": str, **SPAN},
)
declare("subscription.ended", words=_("A subscription ends on %(ends_on)s"), facts={"ends_on": str})
declare("hours.granted", words=_("Prepaid hours granted"), facts=HOURS)
declare(
    "hours.used",
    words=_("Prepaid hours used"),
    facts={**HOURS, "beyond": bool, "cause_kind": str, "cause_id": int},
)
declare("hours.reversed", words=_("Prepaid hours taken back"), facts={**HOURS, "reverses": int})
declare("contract.words_removed", words=_("What somebody wrote about a contract was removed"))
