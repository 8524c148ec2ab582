from keepwell.success.reviews.models.configuration_rule import ConfigurationRule, RuleVersion
from keepwell.success.reviews.models.finding import Ending, Finding
from keepwell.success.reviews.models.review import Review
from keepwell.success.reviews.models.section import Section

__all__ = ["ConfigurationRule", "Ending", "Finding", "Review", "RuleVersion", "Section"]
