"""What is recorded about road maps: ids, states, days and numbers; never a goal, a reason or a comment."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

MAP = {"road_map": int}
GOAL = {**MAP, "goal": int}
ACTION = {**MAP, "action_item": int}
MOVED = {"from_state": str, "to_state": str}

declare("road_map.opened", words=_("A road map was begun"), facts={**MAP, "horizon_on": str})
declare("road_map.changed", words=_("A road map was changed"), facts={**MAP, "fields": list})
declare(
    "road_map.drafted", words=_("The next version of a road map was begun"), facts={**MAP, "version": int}
)
declare(
    "road_map.shared",
    words=_("Version %(version)s of a road map was shared"),
    facts={**MAP, "version": int},
    customers_see=True,
)
declare(
    "road_map.agreed",
    words=_("Version %(version)s of a road map was agreed to"),
    facts={**MAP, "version": int},
    customers_see=True,
)
declare("road_map.closed", words=_("A road map was closed"), facts=MAP, customers_see=True)
declare(
    "road_map.commented",
    words=_("Something was written about a road map"),
    facts={**MAP, "comment": int},
    customers_see=True,
)
declare("road_map.words_erased", words=_("Words were erased from a road map"), facts={**MAP, "words": int})

declare("goal.added", words=_("A goal was added"), facts=GOAL)
declare("goal.changed", words=_("A goal was changed"), facts={**GOAL, "fields": list})
declare(
    "goal.moved",
    words=_("A goal went from %(from_state)s to %(to_state)s"),
    facts={**GOAL, **MOVED},
)
declare("measure.set", words=_("What a goal is measured by was set"), facts={**GOAL, "measure": int})
declare(
    "measure.read",
    words=_("A measure was read: %(value)s"),
    facts={**GOAL, "measure": int, "value": Decimal, "on": str, "source": str},
)
declare("milestone.added", words=_("A milestone was added"), facts={**MAP, "milestone": int})
declare(
    "milestone.changed", words=_("A milestone was changed"), facts={**MAP, "milestone": int, "fields": list}
)
declare("milestone.reached", words=_("A milestone was reached"), facts={**MAP, "milestone": int, "on": str})
declare("action_item.added", words=_("An action was added"), facts=ACTION)
declare("action_item.changed", words=_("An action was changed"), facts={**ACTION, "fields": list})
declare(
    "action_item.moved",
    words=_("An action went from %(from_state)s to %(to_state)s"),
    facts={**ACTION, **MOVED, "waived": bool},
)
declare(
    "action_item.due_changed",
    words=_("An action is due on %(to_on)s instead of %(from_on)s"),
    facts={**ACTION, "from_on": str, "to_on": str},
)
declare("action_item.tied", words=_("An action waits for others"), facts={**ACTION, "waits_for": list})
declare("check_point.taken", words=_("A check point was taken"), facts={**MAP, "number": int})
CLAIM = {**GOAL, "value_claim": int}
declare("value_claim.made", words=_("Value was claimed"), facts={**CLAIM, "amount_cents": int})
declare("value_claim.confirmed", words=_("The customer confirmed value"), facts=CLAIM)
declare("value_claim.disputed", words=_("The customer disputed value"), facts=CLAIM)
declare(
    "road_map_template.kept", words=_("A template of road maps was kept"), facts={"road_map_template": int}
)
declare(
    "road_map_template.retired",
    words=_("A template of road maps is offered no more"),
    facts={"road_map_template": int},
)
