"""Keepwell: a customer's problem from the form to solved, its promises on the clock.

A time zone means what the locked tzdata package says, not what this machine's own copy says: the same
history has to give the same clocks everywhere. Set here, before any zone is made.
"""

import zoneinfo

zoneinfo.reset_tzpath(to=())
zoneinfo.ZoneInfo.clear_cache()
