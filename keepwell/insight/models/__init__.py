from keepwell.insight.models.mailing import Mailing
from keepwell.insight.models.subscription import Subscription

__all__ = ["Mailing", "Subscription"]
