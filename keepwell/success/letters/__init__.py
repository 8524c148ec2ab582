"""Letters: one of ours writes to a contact, or to several one by one; what they answer comes to the account.

Each letter has a conversation of its own with one contact, private to him. Several who get the same words
never see who else did; only those who agreed to news get such a letter, none more often than a knob allows,
and each says how to end that.

    choosing.py  who of those chosen is written to, and why the others are not (pure)
    letter.py    where a letter to several is ended
    queries.py   who may see letters, and what waits for an answer of ours
    verbs/       write, answer, let leave, end
"""
