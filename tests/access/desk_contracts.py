"""The desk's addresses of contracts."""

from __future__ import annotations

from typing import Any

from tests.access.desk_accounts import both, page, post
from tests.access.rows import Given, Row, always, pk_of
from tests.access.scene import Scene

ACCOUNT, CONTRACT = pk_of("account"), pk_of("contract")
RENEWAL = pk_of("contract", renewal="renewal")
HOURS = pk_of("contract", entry="booked_hours")
EDIT, ALMA = "contract.edit", {"who": "alma", "behind": "contracts"}
NEW: dict[str, Any] = {"number": "A-2", "starts_on": "2026-07-01"}


def _subscribed(scene: Scene) -> dict[str, Any]:
    return {"product": scene.product.pk, "price": "120", "starts_on": "2026-07-01"}


def redaction(name: str, of: Given) -> Row:
    return post(name, of, permit="message.redact", who="lea", behind="contracts")


ROWS = (
    page("account_contracts", ACCOUNT, "contract.see", behind="accounts"),
    *both("new_contract", ACCOUNT, always(**NEW), EDIT, who="alma", as_shown=True, behind="accounts"),
    page("contract", CONTRACT, "contract.see", behind="contracts"),
    *both("edit_contract", CONTRACT, always(title="Roads"), EDIT, as_shown=True, **ALMA),
    *both(
        "contract_term_end",
        pk_of("contract", term="term"),
        always(ends_on="2027-06-30"),
        EDIT,
        **ALMA,
    ),
    *both("contract_renewal", RENEWAL, always(outcome="renewed", avoidable="unknown"), EDIT, **ALMA),
    redaction("contract_renewal_redaction", RENEWAL),
    *both("new_subscription", CONTRACT, _subscribed, EDIT, as_shown=True, **ALMA),
    *both(
        "subscription_end",
        pk_of("contract", subscription="subscribed"),
        always(ends_on="2026-12-31"),
        EDIT,
        **ALMA,
    ),
    *both("contract_hours_grant", CONTRACT, always(hours="2", on="2026-06-09"), EDIT, **ALMA),
    *both(
        "contract_hours_use",
        CONTRACT,
        always(hours="1", on="2026-06-09"),
        "contract.use_hours",
        behind="contracts",
    ),
    post("contract_hours_reversal", HOURS, permit="contract.use_hours", behind="contracts"),
    redaction("contract_hours_redaction", HOURS),
)
