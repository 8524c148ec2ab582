"""The desk's addresses under Settings."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.rows import Door, Given, Row, always, nothing, pk_of
from tests.access.scene import Scene

PEOPLE, TEAMS, PRODUCTS = "settings.people", "settings.teams", "settings.products"
CALENDARS, POLICIES, OUTBOX = "settings.calendars", "settings.policies", "outbox.read"
MAILBOXES, SCORECARDS, USAGE = "settings.mailboxes", "settings.health", "settings.usage"
WAYSIDE = {
    "name": "Wayside",
    "sender_name": "Wayside Support",
    "sender_address": "help@wayside.example",
    "accent": "#1f5fbf",
}
AT_GOOGLE = {
    "at-provider": "google",
    "at-user": "help@keepwell.example",
    "at-client_id": "keepwell",
    "at-secret": "secret",
}


def page(name: str, permit: str, of: Given = nothing, **more: Any) -> Row:
    return Row(name=f"desk:{name}", door=Door.DESK, who="ada", of=of, permit=permit, **more)


def post(name: str, permit: str, of: Given = nothing, sends: Given = nothing, **more: Any) -> Row:
    given = {"gets": 302, **more}
    return page(name, permit, of, method="POST", sends=sends, **given)


def both(name: str, permit: str, of: Given = nothing, sends: Given = nothing, **more: Any) -> tuple[Row, Row]:
    return page(name, permit, of), post(name, permit, of, sends, **more)


def _csv(scene: Scene) -> dict[str, Any]:
    return {"kind": "products", "act": "try", "file": SimpleUploadedFile("p.csv", b"name\nSignals\n")}


def _watching(scene: Scene) -> dict[str, Any]:
    promise = f"{scene.policy.pk}-resolution-high"
    return {"name": "Ours", "promise": promise, "window": "month", "smallest": "20", "act": "save"}


def _new_source(scene: Scene) -> dict[str, Any]:
    return {"name": "App", "kind": "segment", "product": scene.product.pk, "silent_after_hours": "72"}


def _events(scene: Scene) -> dict[str, Any]:
    lines = b"event,user_id,timestamp\nClosed,u-1,2026-06-08T12:00:00Z\n"
    return {"act": "apply", "file": SimpleUploadedFile("events.csv", lines)}


def _of_theo(**beside: Any) -> Given:
    return lambda scene: {"pk": scene.theo.pk, **beside}


VERSION = pk_of("product", version="version")

ROWS = (
    Row(name="desk:settings", door=Door.DESK, who="ada", only=("ada", "lea")),
    *both("brand", "settings.brand", as_shown=True),
    *both("brand_preview", "settings.brand", sends=always(name="Publica"), gets=200),
    *both("new_brand", "settings.brand", sends=always(**WAYSIDE)),
    *both("other_brand", "settings.brand", pk_of("brand"), as_shown=True),
    *both("other_brand_preview", "settings.brand", pk_of("brand"), sends=always(name="Publica"), gets=200),
    page("scorecards", SCORECARDS),
    *both("new_scorecard", SCORECARDS, sends=always(name="Large ones", segment="Large", from_days="0")),
    *both("scorecard", SCORECARDS, pk_of("scorecard"), as_shown=True),
    page("outbox", OUTBOX),
    page("mail", OUTBOX, pk_of("mail"), behind="mails"),
    post("mail_act", OUTBOX, lambda s: {"pk": s.mail.pk, "act": "cancellation"}, behind="mails"),
    page("mailboxes", MAILBOXES),
    *both("new_mailbox", MAILBOXES, sends=always(address="sales@keepwell.example", name="Sales")),
    *both("mailbox", MAILBOXES, pk_of("mailbox"), as_shown=True),
    post("mailbox_trial", MAILBOXES, pk_of("mailbox"), gets=200),
    *both("new_mail_hook", MAILBOXES, sends=always(provider="mailgun", secret="key")),
    page("mail_hook", MAILBOXES, pk_of("hook")),
    post("mail_hook_removal", MAILBOXES, pk_of("hook")),
    post("mailbox_sign_in", MAILBOXES, pk_of("mailbox"), sends=always(**AT_GOOGLE)),
    page("mailbox_consent", MAILBOXES, pk_of("mailbox"), gets=302),
    page("mailbox_consented", MAILBOXES, gets=302),
    post("mailbox_brand", MAILBOXES, pk_of("mailbox")),
    post("mailbox_use", MAILBOXES, pk_of("mailbox")),
    post("mail_again", MAILBOXES, pk_of("mailbox", mail="stuck")),
    *both("imports", "import.run", sends=_csv, gets=200),
    page("import_pattern", "import.run", always(kind="products")),
    page("journal", "journal.see"),
    page("people", PEOPLE),
    *both(
        "new_person",
        PEOPLE,
        sends=always(name="Kim Vo", email="kim@vendor.example", roles=["specialist"]),
    ),
    page("person", PEOPLE, pk_of("theo")),
    post(
        "person_part",
        PEOPLE,
        _of_theo(part="work"),
        always(title="Consultant", level="2", capacity="9"),
    ),
    post("person_sign_in", PEOPLE, pk_of("theo")),
    post("time_off_back", PEOPLE, pk_of("maria", time_off="days_off")),
    page("calendars", CALENDARS),
    *both(
        "new_calendar",
        CALENDARS,
        sends=always(name="Night hours", timezone="America/Chicago"),
        as_shown=True,
    ),
    page("subdivisions", CALENDARS, query="propose-country=US"),
    page("calendar", CALENDARS, pk_of("calendar")),
    post("default_calendar", CALENDARS, pk_of("calendar")),
    *both("edit_calendar", CALENDARS, pk_of("calendar"), always(act="publish"), as_shown=True),
    page("policies", POLICIES),
    *both("new_policy", POLICIES, sends=always(name="For counties", act="publish"), as_shown=True),
    page("policy", POLICIES, pk_of("policy")),
    *both("edit_policy", POLICIES, pk_of("policy"), always(act="publish"), as_shown=True),
    post("default_policy", POLICIES, pk_of("policy")),
    post("policy_accounts", POLICIES, pk_of("policy"), lambda s: {"account": s.account.pk}),
    post("policy_withdrawal", POLICIES, pk_of("policy", account="account")),
    page("watched", POLICIES),
    *both("new_watched_promise", POLICIES, sends=_watching),
    page("watched_preview", POLICIES, query="promise=none&window=month&smallest=20"),
    page("watched_promise", POLICIES, pk_of("guideline")),
    *both("edit_watched_promise", POLICIES, pk_of("guideline"), _watching),
    post("watched_promise_end", POLICIES, pk_of("guideline")),
    page("products", PRODUCTS),
    *both("new_product", PRODUCTS, sends=always(name="Signals")),
    *both("product", PRODUCTS, pk_of("product"), always(**{"product-name": "Roads"})),
    post("product_brand", PRODUCTS, pk_of("product")),
    post("product_offer", PRODUCTS, pk_of("product")),
    post("modules", PRODUCTS, pk_of("product"), always(**{"module-name": "Bridges"})),
    *both("module", PRODUCTS, pk_of("product", module="module"), as_shown=True),
    post("module_retirement", PRODUCTS, pk_of("product", module="module")),
    *both("new_product_version", PRODUCTS, pk_of("product"), always(number="8")),
    *both("product_version", PRODUCTS, VERSION, as_shown=True),
    post("product_version_removal", PRODUCTS, VERSION),
    page("usage_sources", USAGE),
    page("new_usage_source", USAGE),
    post("new_usage_source", USAGE, sends=_new_source, gets=200),
    *both("usage_source", USAGE, pk_of("source"), as_shown=True),
    post("usage_source_key", USAGE, pk_of("source"), gets=200),
    post("usage_source_use", USAGE, pk_of("source")),
    *both("usage_source_file", USAGE, pk_of("file_source"), _events, gets=200),
    *both("usage_forget", "person.erase", sends=always(user_id="u-1")),
    page("teams", TEAMS),
    *both("new_team", TEAMS, sends=always(name="Night", level="1")),
    page("team", TEAMS, pk_of("team")),
    post("team_members", TEAMS, pk_of("team"), lambda s: {"user": s.theo.pk}),
    post("team_leaving", TEAMS, pk_of("team", user="lea")),
    post("team_dissolution", TEAMS, pk_of("team")),
)
