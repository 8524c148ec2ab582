"""What is told of a guideline: on its page, in the table of promises, in files and mails.

table.py      every promise as it is published, with what was reached beside it
figures.py    each figure of a guideline by name, with the sentence that defines it
judged.py     the verdict in words
pictures.py   the curve with its point, the budget as it is spent
report.py     all of it on paper
behind.py     the cases behind a figure
"""
