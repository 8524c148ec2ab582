from keepwell.success.health.models.band_override import BandOverride
from keepwell.success.health.models.health_snapshot import HealthSnapshot, HealthSnapshotQuerySet
from keepwell.success.health.models.roll_up import RollUp
from keepwell.success.health.models.scorecard import Scorecard, ScorecardVersion
from keepwell.success.health.models.sentiment import Sentiment

__all__ = [
    "BandOverride",
    "HealthSnapshot",
    "HealthSnapshotQuerySet",
    "RollUp",
    "Scorecard",
    "ScorecardVersion",
    "Sentiment",
]
