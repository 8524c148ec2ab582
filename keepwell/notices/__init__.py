"""Who is told what, by which way, and when.

What happens is recorded in the journal; this slice reads along. Each entry that concerns somebody is one
notice for him, written in the same transaction, never for whoever did it himself nor for somebody who may
not see what it is about. The bell of the desk shows notices at once and disturbs nobody. What leaves the
house waits for the hour that the person chose, and at night for the morning, unless he is on call and a case
of High asks for him.

    happenings.py   what one is told of, and by which ways if he chose none
    audience.py     who is told of it, by where he stands
    leaving.py      when it may leave: digests, quiet hours, on call
    calling.py      a case of High outside the support hours asks whoever is on call
    around.py       the people who stand around what an entry is about
    matters.py      what is about no case: letters, enquiries, meetings, road maps, signals, hand-overs
    pushing/        a person's own devices, through the push service of his browser
    carriers.py     the ways that leave the house, each one function; a new way joins here
    words.py        a notice in a sentence, and where it leads
"""
