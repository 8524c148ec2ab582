"""What the vendor's people do: teams and levels, skills, hours and time off, who looks at what just now.

Outside the support hours whoever is on call is asked: on_call.py works out whose turn it is, and
verbs/calling_out.py asks one after the other.

Level 1 solves live or with a quick return call or mail, level 2 investigates, level 3 are technical
consultants and software engineers.
"""
