from keepwell.channels.models.attempts import Attempts
from keepwell.channels.models.follow_code import FollowCode
from keepwell.channels.models.submission import Submission

__all__ = ["Attempts", "FollowCode", "Submission"]
