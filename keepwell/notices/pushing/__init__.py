"""Notices on a person's own devices: through the push service of his browser, which cannot read them.

keys.py        what this installation signs with
push_hosts.py  which push services are spoken to, and no other host
carrying.py    what has gathered for one person goes to each of his devices, by a job each
sending.py     one device is told, and what its service answers

The services of real browsers are not reached from where Keepwell is made: it is tried with a push service of
our own that reads what it gets as a browser would, and with a browser's real service worker.
"""
