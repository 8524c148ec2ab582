"""What we ask somebody outside while we work on a case: a sub-supplier, a hosting provider.

A side thread is mail between us and a third party. It stands beside a case and never in its conversation:
its messages are another thing in another table, nothing turns one into the other, and whoever asks for what
a customer may read asks a table that holds none of them. The third party is an address and a name here, no
contact: it sees nothing but what was written to it. No promise hears of any of it.

    asked.py       whom somebody wants to ask, as it was typed
    queries.py     who may see a side thread
    verbs/         begin, answer, receive, fail, end, open again, hand on, redact, forget somebody
    reactions.py   mail that did not arrive, cases that are merged, people who are erased
"""
