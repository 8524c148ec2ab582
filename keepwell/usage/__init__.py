"""What customers do with the software they bought, told day by day.

Software tells of its use by HTTP, by files, or by a view in the vendor's own warehouse: each is a source.
What it tells lands in PostgreSQL, goes into one Parquet file a day and source, and is counted there by
deployment, module, person and day. Metrics are worked out of those counts, one expression each, and kept as
rows: no page works one out.

No name, address, user id or trait of a person is in any file. A file has a random key for each person; who
it stands for is one row in PostgreSQL, and once that is deleted nobody can say.

    taking/        what software tells, taken apart: pure
    landing.py     what was taken is committed, and only then answered for
    folding.py     landed events into the files of their days, each once, whatever came first
    rolling.py     events into counts by deployment, module, person and day: one expression
    metrics/       what is worked out of the counts: one expression each
    season.py      whether a number is low for its season: pure, days and numbers in, a change out
    engine.py      what runs the expressions: DuckDB inside this process, or what the knob names
    parquet.py     the files
    standing.py    what the expressions are given of customers: who runs what, which days are worked
    entitled.py    what customers may use: modules and seats
    answering.py   all metrics of a day in one go
    running_versions.py    which version runs where, by its own word
    hearing.py     whether accounts are heard of, day by day
    uploads.py     files of events into messages, and gathering.py those into tables
    verbs/         sources, erasing, and what the jobs do
"""
