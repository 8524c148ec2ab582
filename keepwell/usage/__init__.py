"""What customers do with the software they bought, told day by day.

season.py   whether a number is low for its season: pure, days and numbers in, a change out

The rest of the slice (events in, roll-ups, metrics) joins here.
"""
