"""Whole histories written as rows and entries at once, without reactions: nobody is told of what is past.

sheet.py          everything that some cases consist of, until it is written
moving.py         a case while its story goes on; starting.py: the conversation it begins with
rows.py ids.py    rows without Django around them, and ids from the database's own sequences
copying.py        COPY, and cells.py: how it has each value
"""
