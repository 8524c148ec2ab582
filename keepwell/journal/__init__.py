"""What happened, once.

Each thing that happened is one entry, written in the same transaction as the change it tells of and
never changed after. Clocks, timelines, audit, automations and live screens read the journal; none of
them is a second source of truth. Entries carry ids, states, instants and numbers, never words that a
person wrote nor a name or an address: so history can stay while texts are redacted or erased.

    kinds.py       what may be recorded, declared by each slice in its entries.py
    recording.py   record(), caused_by()
    reacting.py    on(): what other slices do in the same transaction
    live.py        topics: which screens hear of it
    sealing.py     the chain of hashes that shows a changed row
"""
