from keepwell.insight.models.mailing import Mailing
from keepwell.insight.models.subscription import Subscription
from keepwell.insight.models.what_if import WhatIf

__all__ = ["Mailing", "Subscription", "WhatIf"]
