"""Portfolios: which accounts somebody looks after, how many hours that takes, and handing one on.

Work is counted in hours and not in accounts: what is scheduled, what comes by cadence, what is to be done,
renewals to prepare and prepaid hours still owed, against the hours that somebody has for customers.

An account is handed on as an act of its own. Whoever takes it says so, goes through everything that is open
there in the other's name, and completes it: then each of these things has a new owner or none, the customer
has been told, and the new steward begins at the instant at which the old one ends.

    workload.py      hours wanted of somebody against hours there are (pure)
    wanted_hours.py  what is wanted of whom, from the other rooms
    open_things.py   what is open at an account in somebody's name, and how each is given away
    queries.py       who may see hand-overs, and which wait for whom
    verbs/           begin, accept, return, withdraw, decide, complete
"""
