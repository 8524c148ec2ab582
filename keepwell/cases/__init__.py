"""A customer's problem, from the first word to solved.

A case has one owner towards the customer, whoever works on it just now, and one number. It is handed
between levels only with what is known, what was tried and what is needed. Two people at once never undo
each other. A customer's word is never lost: after the end it reopens the case or begins the next one.

    states.py      which act is allowed from which state, and where it leads
    verbs/         one capability a file: opening, replying, escalating, resolving, merging ...
    reactions.py   what a message that came in or left does to its case
    queries.py     who sees which case; filters.py, views.py: what a list shows
    jobs.py        wake what was put off, close what stayed solved
"""
