"""How well an account is. Pure: readings, cards and instants are given; all numbers are exact.

cards.py      what a scorecard is: measures with their anchors, weights and caps; what makes one unusable
scoring.py    readings become points, points a score, and how much of the card was known
bands.py      red, amber, green, or too little known; with memory, caps and a person's override
changes.py    why the score moved, in parts that add up to the change, and why the band did
back_test.py  whether it foretold how renewals ended
usual.py      the cards that are there before anybody makes his own
"""
