"""When the vendor is open, and how time counts.

working_time*.py   pure: dues, pauses and open time (start at working_time.py)
proposals.py       pure: closed days from public holidays or a calendar file, to be edited by people
effects.py         pure: what a changed calendar would move
models/            a calendar and its versions; a version never changes
compiled.py        the working time of a version, prepared once a process
"""
