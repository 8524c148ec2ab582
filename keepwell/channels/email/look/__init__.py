"""How a mail was laid out, with all that could act, load or lead astray taken out.

What is kept is the mail as it came: it is cleaned each time it is shown, by the rules of then. HTML can be
made to cost whoever reads it without end, so a child with limits reads it.

    cleaning.py       the rules: HTML in, HTML out
    child.py          the process that applies them; no Django
    within_limits.py  its parent's side
    pictures.py       which file a Content-ID means
"""
