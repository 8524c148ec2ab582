from keepwell.notices.models.dispatch import Dispatch
from keepwell.notices.models.notice import Notice, NoticeQuerySet
from keepwell.notices.models.push_device import PushDevice
from keepwell.notices.models.wishes import DIGEST_WORDS, Wishes

__all__ = ["DIGEST_WORDS", "Dispatch", "Notice", "NoticeQuerySet", "PushDevice", "Wishes"]
