"""How well an account is: read from what is known of it, by a card, every day; exact, and kept.

cards.py       what a scorecard is: measures with their anchors, weights and caps; what makes one unusable
choosing.py    which card an account is seen by
scoring.py     readings become points, points a score, and how much of the card was known
bands.py       red, amber, green, or too little known; with memory, caps and a person's override
changes.py     why the score moved, in parts that add up to the change, and why the band did
assessing.py   all of these at once: what a snapshot says
back_test.py   whether it foretold how renewals ended
usual.py       the cards that are there before anybody makes his own
measures/      what a card can look at: one measure a file, read for many accounts at once
writing.py     cards, readings and changes as JSON, without losing a digit
telling.py     bands, readings and changes in words

All of these but measures/ are pure. Kept are Scorecard with its versions, HealthSnapshot (written once),
BandOverride and Sentiment; no customer ever sees any of it.
"""
