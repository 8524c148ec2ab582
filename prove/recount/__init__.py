"""Counts every figure of Insight again, from the journal, without anything of the product.

hours, clock, walking, promises, from_entries    the clocks of every case
counting, estimates, curving                     a guideline's figures, and the charts of its page
lives                                            what became of each case
working, flowing, carrying, planned, queueing    the pages about work, flow and workload
supposing                                        what-if
delivering                                       the portal's page of service levels
pages, picturing, holding, comparing, work_pages the pages read, and held against what was counted

None of them imports anything of keepwell: they know the design of service levels, the tables, and the
sentence that stands beside each figure. What the journal does not tell (the product of a case, names, hours
planned) is read from its table.
"""
