"""The ways a customer reaches us, each a folder of its own: what comes in by it becomes a case.

    limiting.py  how often a stranger may do something
    form/        the submission form of the public site, and following a case by a code from our mail
    by_hand/     what staff write down: a call, a message that was left, something they noticed
    email/       mail that comes in, kept first and understood later; answers that go out

Chat and voice join here with their folders.
"""
