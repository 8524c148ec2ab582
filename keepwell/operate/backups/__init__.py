"""Backups that were seen to restore: database, files and secret, with counts and hashes of everything.

programs.py    pg_dump and pg_restore of the server's own version, and how they reach it
counting.py    each table's rows and their hash, each file's
manifest.py    what a backup says of itself
saving.py      save, then verify by restoring into a database that is dropped again
restoring.py   fill an empty installation and compare
"""
