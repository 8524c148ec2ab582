"""The demonstration: an invented vendor, its customers, and three months of cases played through the verbs.

cast.py         who they are, as data
stories.py      pure: what happens on each case, from a seed and the instant it all ends at
furnishing.py   the vendor, its people, its customers, through the verbs
using.py        thirteen months of what they do with one product
agreeing.py     their contracts, with their past
engaging.py     thirteen months of engagements, what is ahead, what customers asked for
steering.py     their road maps, on their way
judging.py      how each of them is, week by week
reviewing.py    versions, configuration rules, system reviews of some
watching.py     what the rules found in the last weeks, and what came of it
playing.py      one event after the other, each once, wherever it was stopped
signing_in.py   one sign-in per role, with passwords made for this installation
"""
