"""What an inbound mail is: which conversation it belongs to, who wrote it, and how far that is proven.

One way only: `find` gathers the evidence, `decide` looks it up in the table, a verb carries it out. What a
mail refers to chooses the conversation; its author comes from nothing but its From line, and rights from
neither.

    signing.py       seals on reply addresses and Message-IDs
    results.py       what a receiving host wrote into Authentication-Results (RFC 8601)
    authenticity.py  whether the From line is proven, by which host
    automatic.py     mail that no person wrote: answers by machines, reports, lists, our own
    bounces.py       which of our mails came back, from whom, and whether for good
    forwarding.py    a customer's mail that one of us passes on
    evidence.py      what can be known of a mail, as values
    table.py         the decision table; docs/operate/mail-decisions.md is made from it
    deciding.py      evidence in, decision out
    wording.py       the decision in words
    finding.py       the evidence of one mail, from the database
"""
