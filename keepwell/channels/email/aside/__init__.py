"""Side threads by mail: what goes to a third party, and what comes back from it.

What a mail names by a seal of a side thread comes into that side thread, waits beside it, or is put aside;
none of these ways leads into the conversation that the customer reads.

    evidence.py    what can be known of a mail that names a side thread, as values
    table.py       the decision table; docs/operate/mail-decisions.md is made from it, too
    deciding.py    evidence in, decision out
    wording.py     the decision in words
    finding.py     the evidence of one mail, from the database
    letter.py      a side message as a mail to one of those who are asked
    verbs/         send, place, let in, forget
"""
