"""System reviews: the document of an account over some months, assembled in one click, and what came of it.

What is so is gathered once and kept with the review as data: numbers exact, people by id, no word that may
have to be erased. Staff write around it; once it is delivered nothing of it changes, and the customer reads
it. Each finding ends as an action on the road map, as a risk that somebody accepts, or rejected; the next
review opens with that.

    states.py         which way reviews go, and what a finding is about
    expectations.py   what a fact of the customer's software is held against (pure)
    peers.py          an account beside others of its segment, so that none can be told from it (pure)
    proposals.py      what the data suggests to say (pure)
    gathering/        reads the data, one part a file
    sections.py       the parts of the document, and which of them a customer sees by itself
    showing/          the data as it is read, by either side, on a page and on paper
    paper.py          the same as a PDF
    verbs/            assemble, write, find, deliver, accept, decide, rule
"""
