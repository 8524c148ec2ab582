"""Mails are read in a process of their own, which may fail as it likes.

What parses them is given so much memory and so much time; whatever a mail does to it, the worker goes on, and
the mail is kept as one that could not be read. The same child reads many mails, for starting one takes longer
than reading; after 200, and after any that broke a limit, there is a new one.

    reading.py   the parent's side: a child at hand, a mail given to it, its answer or why there is none
    working.py   the child: no Django, no database, no secret in its environment
    pipe.py      a line from a pipe, before its time is over
"""
