"""What software tells, taken apart. Source: the HTTP tracking API and the common fields of Segment's
specification.

clock_skew.py   when something happened, by a clock that may be wrong
limits.py       how much one call and one event may be
message.py      one call, or one entry of a batch, into an event; or why not
group_facts.py  what a group is said to be
"""
