"""The words that whoever runs Keepwell types: init, serve, worker, migrate, demo, doctor, backup, restore.

Words call the verbs of the slices and the tools of the database; they hold no rules of their own.
`embedded/` starts the PostgreSQL server that comes with Keepwell. What stands here must be importable
without Django, because settings ask `embedded/address.py` where the database is.
"""
