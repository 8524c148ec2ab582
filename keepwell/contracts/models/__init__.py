from keepwell.contracts.models.contract import Contract, ContractQuerySet
from keepwell.contracts.models.hours_entry import HoursEntry
from keepwell.contracts.models.renewal import Renewal
from keepwell.contracts.models.subscription import Subscription
from keepwell.contracts.models.term import Term

__all__ = ["Contract", "ContractQuerySet", "HoursEntry", "Renewal", "Subscription", "Term"]
