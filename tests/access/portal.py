"""The portal's addresses."""

from __future__ import annotations

from typing import Any

from keepwell.cases.resolution import Resolution
from keepwell.cases.verbs.resolving import resolve
from tests.access.rows import Door, Given, Row, always, nothing, the_case
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


def solved(scene: Scene) -> None:
    resolve(scene.case, Resolution(how="corrected", root_cause="A driver"), by=scene.maria)


def _file(scene: Scene) -> dict[str, Any]:
    return {"number": scene.case.number, "attachment": scene.message.attachment_id}


def _with(who: str) -> Given:
    def given(scene: Scene) -> dict[str, Any]:
        contact = scene.made.get(who) or getattr(scene, who).contact
        return {"number": scene.case.number, "contact": contact.pk}

    return given


NEW = {"severity": "low", "subject": "A second one", "body": "It is back."}

ROWS = (
    own("home"),
    own("cases"),
    own("service_levels"),
    own("me"),
    own("me", method="POST", gets=302, as_shown=True),
    own("new_case"),
    own("new_case", method="POST", gets=302, sends=always(**NEW), as_shown=True),
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
