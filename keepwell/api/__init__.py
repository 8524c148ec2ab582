"""The face for machines: no session, no form, no page. A call proves itself by a key, and is answered as
JSON.

usage.py   what software tells of its use, as Segment's HTTP tracking API
rates.py   how many calls a key may make in a second
"""
