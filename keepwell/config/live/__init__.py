"""The live wire: one stream of events a browser, fed by one LISTEN connection a process.

hub.py        hears PostgreSQL, hands each telling to the streams that subscribed, remembers the last ones
marking.py    writes on each page what had been heard before it was made
stream.py     the address a browser holds open; asks `may_listen` for every topic
"""
