"""The desk's addresses of accounts and contacts, and of the reader himself."""

from __future__ import annotations

from typing import Any

from tests.access.rows import Door, Given, Row, always, nothing, pk_of
from tests.access.scene import Scene

ACCOUNT = pk_of("account")


def page(name: str, of: Given = nothing, permit: str = "account.see", **more: Any) -> Row:
    given = {"who": "sam", **more}
    return Row(name=f"desk:{name}", door=Door.DESK, of=of, permit=permit, **given)


def post(name: str, of: Given, sends: Given = nothing, permit: str = "account.edit", **more: Any) -> Row:
    given = {"who": "sam", "gets": 302, **more}
    return Row(name=f"desk:{name}", door=Door.DESK, method="POST", of=of, sends=sends, permit=permit, **given)


def both(
    name: str, of: Given, sends: Given = nothing, permit: str = "account.edit", **more: Any
) -> tuple[Row, Row]:
    looked_at = {key: value for key, value in more.items() if key != "as_shown"}
    return page(name, of, permit, **looked_at), post(name, of, sends, permit, **more)


def _of_contact(**beside: str) -> Given:
    return pk_of("contact", **beside)


def _part(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.contact.pk, "part": "name"}


def _address(scene: Scene) -> dict[str, Any]:
    return {"pk": scene.contact.pk, "address": scene.address.pk, "act": "confirmation"}


DEPLOYMENT = pk_of("account", deployment="deployment")
DOMAIN = pk_of("account", domain="domain")
OVERRIDE = always(band="amber", reason="Their sponsor left.", until="2026-08-03")
JUDGES = "health.judge"

ROWS = (
    Row(name="desk:home", door=Door.DESK, who="maria", gets=302),
    Row(name="desk:palette", door=Door.DESK, who="maria", query="q=otter"),
    Row(name="desk:support_hours", door=Door.DESK, who="maria"),
    Row(name="desk:condition", door=Door.DESK, who="maria"),
    Row(name="desk:styleguide", door=Door.DESK, who="maria"),
    Row(name="desk:styleguide_shell", door=Door.DESK, who="maria", of=always(name="list")),
    *both("me", nothing, permit="", who="maria", as_shown=True),
    post("presence", nothing, always(presence="away"), permit="", who="maria"),
    post(
        "days_off",
        nothing,
        always(starts_on="2026-08-03", ends_on="2026-08-07", kind="holiday"),
        permit="",
        who="maria",
    ),
    post("days_back", pk_of("days_off"), permit="", who="maria", only=("maria",)),
    page("accounts"),
    *both("new_account", nothing, always(name="Port Avery", lifecycle="live")),
    page("account", ACCOUNT, behind="accounts"),
    page("account_timeline", ACCOUNT, behind="accounts"),
    page("account_cases", ACCOUNT, "case.see", behind="accounts"),
    page("account_people", ACCOUNT, "contact.see", behind="accounts"),
    page("account_details", ACCOUNT, behind="accounts"),
    page("portfolio", permit="health.see", query="order=worst"),
    page("foretold", permit=JUDGES),
    page("account_health", ACCOUNT, "health.see", behind="accounts"),
    *both("health_roll_up", ACCOUNT, always(way="seats"), JUDGES, behind="accounts"),
    post("health_look", ACCOUNT, permit=JUDGES, behind="accounts"),
    *both("health_override", ACCOUNT, OVERRIDE, JUDGES, behind="accounts"),
    post("health_override_end", ACCOUNT, permit=JUDGES, behind="accounts"),
    *both("health_sentiment", ACCOUNT, always(rating="4"), JUDGES, only=("sam",), behind="accounts"),
    page("account_usage", ACCOUNT, behind="accounts"),
    *both("edit_account", ACCOUNT, as_shown=True, behind="accounts"),
    *both("account_stewards", ACCOUNT, lambda s: {"success": s.sam.pk}, behind="accounts"),
    *both(
        "new_deployment",
        ACCOUNT,
        lambda s: {"product": s.product.pk, "environment": "production"},
        behind="accounts",
    ),
    *both("deployment", DEPLOYMENT, as_shown=True, behind="accounts"),
    post("deployment_retirement", DEPLOYMENT, behind="accounts"),
    *both("new_domain", ACCOUNT, always(domain="falls.example"), behind="accounts"),
    post("domain_verified", DOMAIN, behind="accounts"),
    post("domain_removal", DOMAIN, behind="accounts"),
    *both("new_contact", ACCOUNT, always(name="Bo"), "contact.edit", behind="accounts"),
    page("contact", _of_contact(), "contact.see", behind="contacts"),
    post("contact_part", _part, always(name="Dana H."), "contact.edit", behind="contacts"),
    post("address_act", _address, permit="contact.edit", behind="contacts"),
    post("phone_removal", _of_contact(phone="phone"), permit="contact.edit", behind="contacts"),
)
