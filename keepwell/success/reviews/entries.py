"""What is recorded about reviews: ids, counts and numbers of versions; never a finding, nor a word of one."""

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

REVIEW = {"review": int}
FINDING = {**REVIEW, "finding": int}
RULE = {"configuration_rule": int, "version": int}

declare("review.assembled", words=_("A system review was assembled"), facts={**REVIEW, "findings": int})
declare("review.edited", words=_("A system review was edited"), facts=REVIEW)
declare("review.handed_in", words=_("A system review is read by us before it goes out"), facts=REVIEW)
declare("review.taken_back", words=_("A system review is a draft again"), facts=REVIEW)
declare("review.discarded", words=_("The draft of a system review was thrown away"), facts=REVIEW)
declare(
    "review.delivered",
    words=_("A system review was delivered"),
    facts={**REVIEW, "engagement": int},
    customers_see=True,
)
declare("review.accepted", words=_("A system review was accepted"), facts=REVIEW, customers_see=True)

declare("finding.added", words=_("A finding was added"), facts=FINDING)
declare("finding.changed", words=_("A finding was changed"), facts=FINDING)
declare("finding.removed", words=_("A finding was taken out"), facts=FINDING)
declare(
    "finding.taken_up",
    words=_("A finding became an action on the road map"),
    facts={**FINDING, "action_item": int},
)
declare("finding.risk_accepted", words=_("The risk of a finding was accepted"), facts=FINDING)
declare("finding.rejected", words=_("A finding was rejected"), facts=FINDING)

declare("configuration_rule.published", words=_("A configuration rule has a new version"), facts=RULE)
declare("configuration_rule.retired", words=_("A configuration rule no longer holds"), facts=RULE)
declare("configuration_rule.resumed", words=_("A configuration rule holds again"), facts=RULE)
