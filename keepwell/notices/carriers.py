"""The ways that leave the house: each carries what has gathered for one person. A new way joins here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from keepwell.notices.happenings import Way
from keepwell.notices.letter import mail_notices
from keepwell.notices.models import Notice
from keepwell.notices.pushing.carrying import push_notices
from keepwell.people.models import User

# Gives whether it could be told; it never raises for an address that takes nothing.
Carrier = Callable[[User, Sequence[Notice], datetime], bool]

CARRIERS: Mapping[Way, Carrier] = {Way.MAIL: mail_notices, Way.PUSH: push_notices}
