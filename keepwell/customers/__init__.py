"""The customers: accounts, the people there, what they run of ours, and who of ours looks after them.

An account may have a parent; whoever administers an account sees it and every account under it. A
contact may have no account yet. Two contacts that turn out to be one person are merged: the one points
to the other for good, and every question about the survivor counts both (`queries.identities_of`).

    public_providers.py   mail domains that belong to nobody in particular
    time_zones.py         which zones are known, and what somebody may have meant
    version_numbers.py    versions as people write them: their order, and which known one is meant
    lifetimes.py          until when a version is supported, and in how many days that is over
    addresses.py          how an address is written when it is kept and compared
    verbs/                one capability a file
"""
