from keepwell.success.health.models.band_override import BandOverride
from keepwell.success.health.models.health_snapshot import HealthSnapshot, HealthSnapshotQuerySet
from keepwell.success.health.models.scorecard import Scorecard, ScorecardVersion
from keepwell.success.health.models.sentiment import Sentiment

__all__ = [
    "BandOverride",
    "HealthSnapshot",
    "HealthSnapshotQuerySet",
    "Scorecard",
    "ScorecardVersion",
    "Sentiment",
]
