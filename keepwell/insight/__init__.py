"""What is told across the slices, to people who look and by mail.

timeline.py     what happened with an account; entries of the journal in words
guidelines/     how promises are kept: on pages, in files, on paper
what_if/        what another promise would have made of the same history
work/           how much work comes in, how it flows, who carries it
models/, verbs/ the report of promises mailed to whoever subscribed to it; periods.py says when
"""
