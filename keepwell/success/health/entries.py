"""What is recorded about health: bands, causes and instants; never why somebody said so."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

SCORECARD = {"scorecard": int, "version": int}

declare("scorecard.published", words=_("A scorecard has a new version"), facts=SCORECARD)
declare(
    "health.band_changed",
    words=_("Health moved from %(from_band)s to %(to_band)s"),
    facts={"snapshot": int, "from_band": str, "to_band": str, "cause": str},
)
declare("health.recomputed", words=_("Health was worked out again from late data"), facts={"snapshots": int})
declare(
    "health.override_set",
    words=_("Health is said to be %(band)s"),
    facts={"override": int, "band": str, "expires_at": datetime},
)
declare("health.override_ended", words=_("Health is as it is worked out again"), facts={"override": int})
declare(
    "health.roll_up_declared",
    words=_("How an account counts together with those below it was set"),
    facts={"way": str},
)
declare("sentiment.said", words=_("How it stands, from 1 to 5: %(rating)s"), facts={"rating": int})
