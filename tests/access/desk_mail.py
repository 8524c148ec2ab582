"""The desk's addresses of mail that came in."""

from __future__ import annotations

from typing import Any

from tests.access.rows import Door, Row, pk_of

THE_MAIL = pk_of("inbound")


def page(name: str, **more: Any) -> Row:
    given = {"permit": "triage.place", "of": THE_MAIL, "behind": "incoming", "who": "maria", **more}
    return Row(name=f"desk:{name}", door=Door.DESK, **given)


def post(name: str, **more: Any) -> Row:
    return page(name, method="POST", gets=302, **more)


ROWS = (
    Row(name="desk:inbound_mails", door=Door.DESK, who="maria", permit="triage.place"),
    page("inbound_mail"),
    page("inbound_mail_original", permit="case.see"),
    page("inbound_mail_look", permit="case.see"),
    page("inbound_mail_html", permit="case.see"),
    post("inbound_mail_release"),
    post("inbound_mail_retry"),
    post("inbound_mail_spam", permit="case.mark_spam"),
    post("inbound_mail_aside", of=pk_of("held_aside")),
    post("inbound_mail_answer"),
    post("inbound_mail_removal", permit="message.redact", who="lea"),
)
