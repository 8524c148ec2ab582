"""The live wire: one stream of events a browser, fed by one LISTEN connection a process.

hub.py        hears PostgreSQL and hands each telling to the streams that subscribed
stream.py     the address a browser holds open; asks `may_listen` for every topic
"""
