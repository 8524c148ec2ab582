"""What came in and has no place yet: whose is it, is the sender who he says, is it spam.

    queries.py       what waits to be placed, what was marked as spam
    suggestions.py   the account that a sender's mail domain points to; only ever suggested
    verbs/placing.py a case finds its account, and its sender with it

Marking spam and confirming a sender are verbs of cases; this slice shows what they are needed for.
"""
