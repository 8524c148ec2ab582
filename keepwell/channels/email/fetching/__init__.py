"""Mail is fetched from mailboxes on somebody's mail server, by IMAP; the worker does it all the time.

    connecting.py   a signed-in connection, or a sentence about why there is none
    folder.py       one folder on that server: what is in it, its mails as bytes, waiting for news
    queueing.py     which mails next: pure
    backing_off.py  when again after a failure: pure
    session.py      all that is there and not kept is fetched; then it waits for more
    trying.py       what the server answers, in words, for whoever sets a mailbox up
    watching.py     a thread for each mailbox, as long as the worker runs

What is kept of it is in `verbs/fetching.py`.
"""
