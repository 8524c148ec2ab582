"""The portal's addresses."""

from __future__ import annotations

from typing import Any

from keepwell.cases.resolution import Resolution
from keepwell.cases.verbs.resolving import resolve
from tests.access.rows import Door, Given, Row, always, nothing, pk_of, the_case
from tests.access.scene import Scene


def own(name: str, **more: Any) -> Row:
    return Row(name=f"portal:{name}", door=Door.PORTAL_OWN, who="dana", **more)


def page(name: str, of: Given = the_case) -> Row:
    return Row(name=f"portal:{name}", door=Door.PORTAL_CASE, who="dana", of=of, behind="cases")


def post(name: str, sends: Given = nothing, of: Given = the_case, gets: int = 302, **more: Any) -> Row:
    return Row(
        name=f"portal:{name}",
        door=Door.PORTAL_CASE,
        who="dana",
        method="POST",
        of=of,
        sends=sends,
        gets=gets,
        behind="cases",
        **more,
    )


ENGAGEMENT = pk_of("engagement")


def thing(name: str, of: Given, *, behind: str, method: str = "GET", **more: Any) -> Row:
    gets = 302 if method == "POST" else 200
    given = {"gets": gets, **more}
    return Row(
        name=f"portal:{name}",
        door=Door.PORTAL_THING,
        who="dana",
        method=method,
        of=of,
        behind=behind,
        **given,
    )


def of_engagement(name: str, of: Given = ENGAGEMENT, **more: Any) -> Row:
    return thing(name, of, behind="engagements", method="POST", **more)


def _chosen(scene: Scene) -> dict[str, Any]:
    return {"starts_at": scene.engagement.offered.earliest("starts_at").starts_at.isoformat()}


def _action(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.engagement.pk, "action": scene.promised.pk, "act": "finishing"}


THE_ROAD_MAP = pk_of("road_map")


def road_map(name: str, of: Given = THE_ROAD_MAP, *, method: str = "GET", **more: Any) -> Row:
    gets = 200 if method == "GET" else 302
    given = {"who": "dana", "gets": gets, "behind": "road_maps", **more}
    return Row(name=f"portal:{name}", door=Door.PORTAL_THING, method=method, of=of, **given)


def review(name: str, *, method: str = "GET") -> Row:
    gets = 200 if method == "GET" else 302
    return Row(
        name=f"portal:{name}",
        door=Door.PORTAL_THING,
        method=method,
        of=pk_of("delivered_review"),
        who="carl",
        gets=gets,
        behind="reviews",
    )


def _agreed(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.road_map.pk, "number": 1}


def solved(scene: Scene) -> None:
    resolve(scene.case, Resolution(how="corrected", root_cause="A driver"), by=scene.maria)


def _file(scene: Scene) -> dict[str, Any]:
    return {"number": scene.case.number, "attachment": scene.message.attachment_id}


def _with(who: str) -> Given:
    def given(scene: Scene) -> dict[str, Any]:
        contact = scene.made.get(who) or getattr(scene, who).contact
        return {"number": scene.case.number, "contact": contact.pk}

    return given


HELD = pk_of("held")
ENQUIRY = {"kind": "licensing", "words": "Ten more seats, please."}

NEW = {"severity": "low", "subject": "A second one", "body": "It is back."}

ROWS = (
    own("home"),
    own("cases"),
    own("service_levels"),
    own("road_maps"),
    road_map("road_map"),
    road_map("road_map_paper"),
    road_map("road_map_agreement", _agreed, method="POST", who="carl"),
    road_map("road_map_action", pk_of("road_map", action="action"), method="POST", sends=always(to="doing")),
    road_map("road_map_comments", method="POST", sends=always(body="Hello")),
    road_map(
        "road_map_claim",
        pk_of("road_map", claim="claim"),
        method="POST",
        who="carl",
        sends=always(**{"is": "right"}),
    ),
    own("reviews"),
    review("review"),
    review("review_paper"),
    review("review_acceptance", method="POST"),
    own("me"),
    own("me", method="POST", gets=302, as_shown=True),
    own("new_case"),
    own("new_case", method="POST", gets=302, sends=always(**NEW), as_shown=True),
    own("engagements"),
    own("new_enquiry"),
    own("new_enquiry", method="POST", gets=302, sends=always(**ENQUIRY)),
    own("calendar_act", method="POST", gets=302, of=always(act="opening")),
    thing("engagement", pk_of("engagement"), behind="engagements"),
    of_engagement("engagement_time", sends=_chosen),
    of_engagement("engagement_answer", pk_of("scheduled"), sends=always(answer="accepted")),
    of_engagement("engagement_declining"),
    of_engagement("engagement_rating", HELD, sends=always(rating="4", words="Clear.")),
    of_engagement("engagement_action_act", _action),
    thing("enquiry", pk_of("enquiry"), behind="enquiries"),
    thing(
        "enquiry_words",
        pk_of("enquiry"),
        behind="enquiries",
        method="POST",
        sends=always(words="It rings twice."),
    ),
    thing("enquiry_withdrawal", pk_of("enquiry"), behind="enquiries", method="POST"),
    page("case"),
    page("case_standing"),
    page("case_thread"),
    page("case_file", _file),
    post("case_messages", always(body="It still is.", files_of="token")),
    post("case_draft", always(body="Half of it"), gets=204),
    post("case_closure", before=solved),
    post("case_reopening", before=solved),
    post("case_withdrawal"),
    post("case_privacy", always(private="yes")),
    post("case_participants", always(email="eve@elmfalls.example")),
    post("case_participant_confirmation", of=_with("suggested")),
    post("case_participant_removal", of=_with("carl")),
)
