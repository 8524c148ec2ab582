"""One case as the desk shows it: what its page is made of, apart from requests and templates.

finding.py     the case of an address
lines.py       messages, notes and what happened, in one line of time
events.py      what happened, in words with names
news.py        what changed while somebody wrote
clocks.py      promises as they stand, and why
people.py      who takes part, who looks after the customer
panels.py      what stands beside the thread
"""
