"""Bringing in what the vendor has already: staff, products, accounts, contacts and contracts,
from CSV files.

A file is tried first: every line goes through the same verbs as if somebody had typed it, and then all of
it is undone; what is wrong is said line by line. Applied, it is one transaction: all lines or none. A line
that says nothing new changes nothing, so the same file can be brought in again. An empty cell leaves what
is there as it is.

    tables.py     a file read into lines, whatever made it (pure)
    columns.py    which columns there are and what their cells may hold (pure)
    kinds/        one module for what a file can be of: its columns, and one line brought in
    bringing_in.py  run(): trying and applying a whole file
    report.py     what came of it
    logs/         another desk's event log as cases, to be measured
    in_bulk/      histories written as rows
"""
