"""Counts every figure about promises in Insight again, from the journal, without anything of the product.

`hours`, `clock`, `walking`, `promises`, `from_entries`, `counting` and `estimates` import nothing from
keepwell: they know the design of service levels and the tables, and nothing else. `comparing` holds them
against the pages.
"""
