"""The promise measured: what was promised, the clock of each promise on each case, and what comes next.

Pure, from what a case's entries say to its clocks:
    replay.py (start here), clock*.py, replay_*.py, terms.py, why.py
Beside it, with the database:
    models/        policies and their versions, commitments; clocks as a cache of the replay
    reference.py   the guidelines as published, as data
    promises.py    which terms hold for a case at an instant
    history.py     the journal's entries of a case as facts
    caching.py     replays a case and keeps its clocks and its standing
    burning.py     (pure) whether a promise burns; burn_*.py and verbs/burning.py read, judge, tell
    passing.py     what has come due, once each, after any outage
    checking.py    what is cached against a full replay

How well promises are kept, over many clocks. Pure, arrays in and values out:
    survival.py outlook.py budget.py judging.py attainment.py trailing.py windows.py consumption.py
With the database:
    cohorts.py     the clocks of a window as columns
    measuring.py   a guideline's figures (start here); later_entries.py, misses.py beside it
    what_if.py     the same history under other promises
"""
