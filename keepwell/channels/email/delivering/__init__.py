"""Mail servers deliver to us, by LMTP or SMTP, while a worker runs.

door.py      where we listen, and how that is written; opened and closed with the worker
taking.py    what we answer: yes only once the mail is committed
"""
