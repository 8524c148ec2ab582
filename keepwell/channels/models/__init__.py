from keepwell.channels.models.follow_code import FollowCode
from keepwell.channels.models.submission import Submission

__all__ = ["FollowCode", "Submission"]
