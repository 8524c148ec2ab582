"""Mail is sent, and whoever fetches and reads it is killed, again and again: is one lost, or doubled?

places.py    the places in the program where it is killed
worker.py    the worker that is killed: the product's own, armed with one place
ledger.py    what was sent, as its sender knows it; and the mail server that it was sent to
counting.py  what became of it, held against the ledger
"""
