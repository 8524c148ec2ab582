"""What is told across the slices, to people who look and by mail.

timeline.py     what happened with an account; entries of the journal in words
guidelines/     how promises are kept: on pages, in files, on paper
models/, verbs/ the report of promises mailed to whoever subscribed to it; periods.py says when
"""
