"""Another desk's event log read into cases and what happened to them, so that promises can be measured on it.

A log is tried first, and nothing is kept. Applied, it comes in by chunks of cases, each in one transaction;
stopped anywhere, the same command goes on where it stopped.

    meanings.py     what a row can say: what happened, states, severities ... (pure)
    mapping.py      the map: which column is what, and what its values mean (pure)
    lines.py        a file read into rows, however long it is and whatever is wrong with it (pure)
    instants.py     when it happened, from what a cell says (pure)
    refusing.py     why a row is left out (pure)
    events.py       a row as an event (pure)
    stories.py      what stands of one case, in order, each thing once (pure)
    staging.py      all events sorted by case, by PostgreSQL and not in memory
    sorting_out.py  what of a chunk is new, what goes on, what is known
    places.py       the accounts, contacts, teams and products that a log names
    under_way.py    one case while its history is written
    acts/           what each event leaves
    measuring.py    its clocks, by the same replay as everywhere
    writing.py      a chunk of cases, all of them or none
    bringing_in.py  run(): trying and applying a whole log
    report.py       what was found in it and what came of it
    pattern.py      a map to begin with, filled in from a file; guesses.py: what its words may mean
"""
