"""Why a change to a customer is refused. `str()` of each is a sentence for whoever tried."""

from keepwell.kit.refusals import Refused


class CustomerRefusal(Refused):
    """The change is refused and nothing was saved; the sentence says why and what to do."""


class AccountRefused(CustomerRefusal):
    """An account's name, number or time zone cannot be taken."""


class UnderItself(CustomerRefusal):
    """An account would stand under itself."""


class DomainRefused(CustomerRefusal):
    """A mail domain that is none, belongs to everybody, or to another account."""


class ContactRefused(CustomerRefusal):
    """A contact cannot be called that."""


class AddressRefused(CustomerRefusal):
    """A mail address that is none, or that belongs to somebody else."""


class PhoneRefused(CustomerRefusal):
    """What was written is no telephone number."""


class AccessRefused(CustomerRefusal):
    """The contact cannot be given access to the portal as things are."""


class MergeRefused(CustomerRefusal):
    """These two contacts cannot be one person as things are."""


class ContactIsGone(CustomerRefusal):
    """The contact was erased, or merged into another one, and takes no change."""


class ProductRefused(CustomerRefusal):
    """A product, module or deployment that cannot be as it was asked for."""


class StewardRefused(CustomerRefusal):
    """Somebody who cannot look after an account."""
