"""What a customer asks for that is no problem: an engagement, or something of the commercial kind.

An enquiry is a conversation with a purpose, as a case is; no promise of support runs for it. It comes to
whoever looks after the account: an engagement to the success manager, everything else to the account manager.

    queries.py     who may see which enquiry
    verbs/         ask, take, settle, withdraw
"""
