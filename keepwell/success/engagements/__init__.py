"""Meetings with a customer that help him get the most out of what he has, and what comes of them.

An engagement is asked for by a customer (reactive: it names the case, enquiry or signal that it comes from)
or offered by us (proactive: by a cadence, a playbook, or by hand). Times are proposed, one is chosen, it is
held, and it ends with an outcome and what comes next. What we prepare and note for ourselves stands in a
table of its own, which no page of a customer reads.

    states.py       pure: which act leads from which state to which
    free_times.py   pure: up to five times at which both sides can
    recurring.py    pure: the dates of a cadence
    invitations.py  pure: calendar files that invite, change and cancel
    busy_times.py   pure: when a subscribed calendar says that somebody is busy
    proposing.py    free times of one of our people and one customer, from their calendars
    preparing.py    what is worth knowing before one is held
    feeding.py      the calendar of everything dated that a person may see
    queries.py      who may see which engagement, action, note
    verbs/          one capability a file
"""
