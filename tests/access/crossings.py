"""Another one's thing asked for under one's own: a file of another case by the number of this one.

Each address that names two things or more has a row here: what stands in place of each inner thing, real
and not his, or not of what the address begins with. Any of them alone, and all of them together, are not
found, and nothing is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from tests.access.addresses import ROWS
from tests.access.rows import Row
from tests.access.scene import Scene
from tests.access.walk import refused

Foreign = Mapping[str, Callable[[Scene], Any]]

MESSAGE_FILE = {"message": lambda s: s.theirs["message"], "attachment": lambda s: s.theirs["file"]}
NOTE_FILE = {"note": lambda s: s.theirs["note"], "attachment": lambda s: s.theirs["noted"]}
DRAFT_FILE = {"attachment": lambda s: s.theirs["draft_file"]}
SIDE = {"side": lambda s: s.theirs["side"]}
SIDE_MESSAGE = {**SIDE, "message": lambda s: s.theirs["side_message"]}
CONTACT = {"contact": lambda s: s.nora.contact.pk}
DEPLOYMENT = {"deployment": lambda s: s.theirs["deployment"]}
PROMISED = {"action": lambda s: s.theirs["promised"]}
PLAYBOOK = {"playbook": lambda s: s.theirs["playbook"]}
DOMAIN = {"domain": lambda s: s.theirs["domain"]}

# The inner things of each address.
FOREIGN: Mapping[str, Foreign] = {
    "desk:case_message_file": MESSAGE_FILE,
    "desk:case_note_file": NOTE_FILE,
    "desk:case_draft_file": DRAFT_FILE,
    "desk:case_draft_file_removal": DRAFT_FILE,
    "desk:case_message_redaction": {"message": lambda s: s.theirs["message"]},
    "desk:case_note_redaction": {"note": lambda s: s.theirs["note"]},
    "desk:case_message_parting": {"message": lambda s: s.theirs["message"]},
    "desk:case_message_undo": {"message": lambda s: s.theirs["pending"]},
    "desk:case_participant_confirmation": CONTACT,
    "desk:case_participant_removal": CONTACT,
    "desk:case_side": SIDE,
    "desk:case_side_thread": SIDE,
    "desk:case_side_answers": SIDE,
    "desk:case_side_ending": SIDE,
    "desk:case_side_reopening": SIDE,
    "desk:case_side_file": {**SIDE_MESSAGE, "attachment": lambda s: s.theirs["side_file"]},
    "desk:case_side_redaction": SIDE_MESSAGE,
    "desk:case_side_erasure": {**SIDE, "party": lambda s: s.theirs["party"]},
    "desk:contract_term_end": {"term": lambda s: s.theirs["term"]},
    "desk:contract_renewal": {"renewal": lambda s: s.theirs["renewal"]},
    "desk:contract_renewal_redaction": {"renewal": lambda s: s.theirs["renewal"]},
    "desk:subscription_end": {"subscription": lambda s: s.theirs["subscribed"]},
    "desk:contract_hours_reversal": {"entry": lambda s: s.theirs["booked_hours"]},
    "desk:contract_hours_redaction": {"entry": lambda s: s.theirs["booked_hours"]},
    **{
        f"desk:{name}": {"goal": lambda s: s.theirs["goal"]}
        for name in ("goal", "goal_state", "new_measure", "new_value_claim")
    },
    **{
        f"desk:{name}": {"goal": lambda s: s.theirs["goal"], "measure": lambda s: s.theirs["measure"]}
        for name in ("measure", "new_reading")
    },
    **{
        f"desk:{name}": {"action": lambda s: s.theirs["action"]}
        for name in ("action", "action_state", "action_due")
    },
    "desk:milestone": {"milestone": lambda s: s.theirs["milestone"]},
    "desk:milestone_reaching": {"milestone": lambda s: s.theirs["milestone"]},
    "desk:road_map_version": {"number": lambda s: 2},
    "desk:road_map_comment_redaction": {"comment": lambda s: s.theirs["comment"]},
    **{
        f"desk:{name}": {"finding": lambda s: s.theirs["finding"]}
        for name in ("finding", "finding_removal", "finding_action", "finding_ending")
    },
    "portal:road_map_action": {"action": lambda s: s.theirs["action"]},
    "portal:road_map_claim": {"claim": lambda s: s.theirs["claim"]},
    "portal:road_map_agreement": {"number": lambda s: 2},
    "desk:deployment": DEPLOYMENT,
    "desk:deployment_retirement": DEPLOYMENT,
    "desk:domain_verified": DOMAIN,
    "desk:domain_removal": DOMAIN,
    "desk:phone_removal": {"phone": lambda s: s.theirs["phone"]},
    "desk:address_act": {"address": lambda s: s.theirs["address"]},
    "desk:time_off_back": {"time_off": lambda s: s.theirs["days_off"]},
    "desk:rota_stand_in_withdrawal": {"stand_in": lambda s: s.theirs["stand_in"]},
    "desk:policy_withdrawal": {"account": lambda s: s.theirs["account"]},
    "desk:module": {"module": lambda s: s.theirs["module"]},
    "desk:product_version": {"version": lambda s: s.theirs["version"]},
    "desk:product_version_removal": {"version": lambda s: s.theirs["version"]},
    "desk:module_retirement": {"module": lambda s: s.theirs["module"]},
    "desk:team_leaving": {"user": lambda s: s.theo.pk},
    "desk:mail_again": {"mail": lambda s: s.theirs["stuck"]},
    "desk:engagement_action_act": PROMISED,
    "desk:engagement_action_road_map": PROMISED,
    "desk:engagement_attendee_removal": {"attendee": lambda s: s.theirs["attendee"]},
    "desk:engagement_note_redaction": {"note": lambda s: s.theirs["noted_for_us"]},
    "desk:touch_redaction": {"touch": lambda s: s.theirs["touch"]},
    "desk:hand_over_thing": {"thing": lambda s: s.theirs["foreign"]},
    "desk:letter_undo": {"message": lambda s: s.theirs["lettered"]},
    "desk:enquiry_undo": {"message": lambda s: s.theirs["lettered"]},
    "desk:cadence_ending": {"cadence": lambda s: s.theirs["cadence"]},
    "desk:signal_playbook_run": PLAYBOOK,
    "desk:signal_playbook_declining": PLAYBOOK,
    "portal:engagement_action_act": PROMISED,
    "portal:case_participant_confirmation": CONTACT,
    "portal:case_participant_removal": CONTACT,
    "portal:case_file": {"attachment": lambda s: s.theirs["file"]},
}

# What is of the same case and yet not what this address gives.
OF_ANOTHER_KIND: Mapping[str, Mapping[str, Callable[[Scene], Any]]] = {
    "portal:case_file": {
        "a note's file": lambda s: s.noted.pk,
        "a file of an answer that waits": lambda s: s.waiting_file.pk,
        "a file of a draft": lambda s: s.draft_file.pk,
        "a file of a side thread": lambda s: s.side_file.pk,
    },
    "desk:case_message_file": {"a note's file": lambda s: s.noted.pk, "a draft's": lambda s: s.draft_file.pk},
    "desk:case_note_file": {"a message's file": lambda s: s.message.attachment_id},
    "desk:case_draft_file": {"a note's file": lambda s: s.noted.pk},
    "desk:case_side_file": {"a message's file": lambda s: s.message.attachment_id},
}


@dataclass(frozen=True)
class Crossing:
    """`row` with an address that leads to `what`, which is nobody's by this address."""

    row: Row
    what: str

    @property
    def key(self) -> str:
        return f"{self.row.key}: {self.what}"


def crossings() -> Iterator[Crossing]:
    for row in ROWS:
        foreign = FOREIGN.get(row.name, {})
        for several in range(1, len(foreign) + 1):
            for names in combinations(foreign, several):
                yield Crossing(_with(row, {name: foreign[name] for name in names}), f"another {names}")
        for what, given in OF_ANOTHER_KIND.get(row.name, {}).items():
            yield Crossing(_with(row, {"attachment": given}), what)


def crossed(scene: Scene, crossing: Crossing) -> list[str]:
    """Whoever got something by this crossing, of those who get what the address itself leads to."""
    row = crossing.row
    also = [who for who in ("carl", "follower") if row.name.startswith("portal:") and row.method == "GET"]
    return [breach for who in (row.who, *also) for breach in refused(scene, row, who)]


def _with(row: Row, foreign: Foreign) -> Row:
    def of(scene: Scene) -> dict[str, Any]:
        return {**row.of(scene), **{name: get(scene) for name, get in foreign.items()}}

    return replace(row, of=of)
