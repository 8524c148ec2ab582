"""The road map of an account: where it wants to get to, how that is measured, and who does what until when.

Goals stand in the customer's words, with measures, milestones and action items of both sides. What is shared
becomes a version, which never changes: an edit opens the next one. The customer reads the version that was
shared last, with how far everything is by now, and one of its people agrees to it. Nothing is shared by
itself. Progress is worked out from readings and from what was done; nobody types it.

    states.py        which way versions, goals and action items go (pure)
    progress.py      how far a measure is, and how many actions are done (pure)
    dependencies.py  what waits for what, without circles (pure)
    comparing.py     what changed between two check points (pure)
    returns.py       return on investment from confirmed value (pure)
    contents.py      what a version says: the words that are shared, and no others
    telemetry.py     where the value of a metric comes in
    showing.py       a road map as either side reads it, with how far it is
    queries.py       who may see a road map, and what is on it
    verbs/           edit, share, agree, read, move, claim, confirm, comment, check, keep as a template, erase
"""
