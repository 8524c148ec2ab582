from keepwell.customers.models.account import Account, Lifecycle
from keepwell.customers.models.consent import Consent
from keepwell.customers.models.contact import Contact
from keepwell.customers.models.contact_address import ContactAddress
from keepwell.customers.models.contact_phone import ContactPhone
from keepwell.customers.models.contact_role import ContactRole
from keepwell.customers.models.deployment import Deployment, Environment
from keepwell.customers.models.mail_domain import MailDomain
from keepwell.customers.models.product import Module, Product
from keepwell.customers.models.product_version import ProductVersion
from keepwell.customers.models.stewardship import Stewardship

__all__ = [
    "Account",
    "Consent",
    "Contact",
    "ContactAddress",
    "ContactPhone",
    "ContactRole",
    "Deployment",
    "Environment",
    "Lifecycle",
    "MailDomain",
    "Module",
    "Product",
    "ProductVersion",
    "Stewardship",
]
