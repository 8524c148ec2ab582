"""One case as the desk shows it: what its page is made of, apart from requests and templates.

finding.py     the case of an address
lines.py       messages, notes and what happened, in one line of time; rows.py draws each
asides.py      what was asked and answered in side threads
mails.py       how a message came by mail, and mail that waits beside the case
events.py      what happened, in words with names (naming.py)
news.py        what others changed while somebody wrote
writing.py     the boxes below the thread, with drafts and their files
acts.py        what can be done just now
panels.py      what stands beside the thread: clocks.py, people.py, hand_offs.py
explaining.py  why each promise stands as it does
"""
