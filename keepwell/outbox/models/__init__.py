from keepwell.outbox.models.brand import Brand
from keepwell.outbox.models.breaker_opening import BreakerOpening
from keepwell.outbox.models.outgoing import (
    URGENCY,
    WAITING,
    WITH_A_CODE,
    HeldFor,
    Outgoing,
    OutgoingQuerySet,
    Purpose,
    State,
)
from keepwell.outbox.models.try_ import Outcome, Try

__all__ = [
    "URGENCY",
    "WAITING",
    "WITH_A_CODE",
    "Brand",
    "BreakerOpening",
    "HeldFor",
    "Outcome",
    "Outgoing",
    "OutgoingQuerySet",
    "Purpose",
    "State",
    "Try",
]
