"""What is recorded about customers: ids, states and instants; never a name, an address or a number."""

from django.utils.translation import gettext_lazy as _

from keepwell.journal.kinds import declare

WIDE = ("accounts:0",)

declare("account.opened", words=_("Account opened"), facts={"lifecycle": str, "parent": int}, tells=WIDE)
declare("account.changed", words=_("Account details changed"), facts={"fields": list}, tells=WIDE)
declare(
    "account.lifecycle_changed",
    words=_("Lifecycle changed from %(from_state)s to %(to_state)s"),
    facts={"from_state": str, "to_state": str},
    tells=WIDE,
)
declare(
    "account.moved",
    words=_("Put under another account"),
    facts={"from_parent": int, "to_parent": int},
    tells=WIDE,
)

declare("mail_domain.added", words=_("Mail domain added"), facts={"mail_domain": int})
declare("mail_domain.verified", words=_("Mail domain verified"), facts={"mail_domain": int})
declare("mail_domain.removed", words=_("Mail domain removed"), facts={"mail_domain": int})

declare(
    "steward.appointed",
    words=_("Looked after by somebody new"),
    facts={"kind": str, "person": int, "instead_of": int},
    customers_see=True,
)
declare(
    "steward.relieved",
    words=_("No longer looked after by the same person"),
    facts={"kind": str, "person": int},
    customers_see=True,
)

declare("contact.added", words=_("Contact added"), facts={"address": int})
declare("contact.changed", words=_("Contact changed"), facts={"fields": list})
declare(
    "contact.placed",
    words=_("Contact placed at an account"),
    facts={"from_account": int, "to_account": int},
)
declare("contact.role_given", words=_("Role %(role)s given"), facts={"role": str})
declare("contact.role_ended", words=_("Role %(role)s ended"), facts={"role": str})
declare("contact.access_granted", words=_("Access to the portal given"), facts={"role": str, "person": int})
declare("contact.access_withdrawn", words=_("Access to the portal withdrawn"), facts={"person": int})
declare("contact.merged", words=_("Two contacts became one"), facts={"merged": int, "into": int})
declare("contact.erased", words=_("Name, addresses and phones erased"), facts={"identities": list})

declare("address.added", words=_("Mail address added"), facts={"address": int})
declare("address.confirmed", words=_("Mail address confirmed"), facts={"address": int})
declare("address.made_primary", words=_("Mail goes to another address"), facts={"address": int})
declare("address.removed", words=_("Mail address removed"), facts={"address": int})
declare("address.bounced", words=_("Mail came back from an address"), facts={"address": int})
declare("phone.added", words=_("Phone added"), facts={"phone": int})
declare("phone.removed", words=_("Phone removed"), facts={"phone": int})
declare("consent.given", words=_("Agreed to %(purpose)s"), facts={"purpose": str})
declare("consent.withdrawn", words=_("No longer agrees to %(purpose)s"), facts={"purpose": str})

declare("product.added", words=_("Product added"))
declare("product.renamed", words=_("Product renamed"))
declare("product.branded", words=_("A product is spoken for by a brand"), facts={"brand": int})
declare("product.retired", words=_("Product no longer offered"))
declare("product.resumed", words=_("Product offered again"))
declare("product.module_added", words=_("Module added"), facts={"module": int})
declare("product.module_retired", words=_("Module no longer offered"), facts={"module": int})
declare(
    "product.module_measured",
    words=_("What a module's use is known by was changed"),
    facts={"module": int, "core_events": int, "half_life_days": int},
)

VERSION_DAYS = {"released_on": str, "support_ends_on": str, "life_ends_on": str}
declare("product.version_added", words=_("Version added"), facts={"version": int, **VERSION_DAYS})
declare("product.version_changed", words=_("Version changed"), facts={"version": int, **VERSION_DAYS})
declare("product.version_removed", words=_("Version removed"), facts={"version": int})

declare(
    "deployment.added",
    words=_("Deployment added"),
    facts={"product": int, "environment": str, "live_on": str, "modules": list},
    customers_see=True,
)
declare(
    "deployment.changed",
    words=_("Deployment changed"),
    facts={"fields": list, "live_on": str, "modules": list},
    customers_see=True,
)
declare("deployment.retired", words=_("Deployment retired"), customers_see=True)
