"""The PostgreSQL server that comes with Keepwell, for whoever has none.

The binaries come from a Python package; everything else is done here, because a database must survive
a pulled plug, a process killed without notice and a second process that starts at the same moment.

    address.py    where data, sockets and programs of an installation are
    account.py    the unprivileged account that PostgreSQL runs under when we are root
    programs.py   the binaries, copied out of the environment so that it may be rebuilt under a running server
    alive.py      whether that process is our server
    creating.py   a new data folder; the role and the database of the product
    starting.py   start and stop
    using.py      in_use(): start it if nobody did, stop it when the last one leaves
"""
