from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What is done in it."""

    CONSULTATION = "consultation", _("Best-practice consultation")
    SYSTEM_REVIEW = "system_review", _("System review")
    USAGE_ANALYSIS = "usage_analysis", _("Usage and health analysis")
    ROAD_MAP_REVIEW = "road_map_review", _("Road-map review")
    TRAINING = "training", _("Training")
    CHECK_IN = "check_in", _("Check-in")
    BUSINESS_REVIEW = "business_review", _("Business review")
