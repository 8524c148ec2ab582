"""Many cases at once: whole histories written as rows, as the verbs would have left them.

tales.py          which stories: those of the demonstration, spread over two years, one in twenty unfinished
places.py         who and what the stories name, as ids
under_way.py      one case as its story goes on
acts/             what each act of a story leaves
promises.py       clocks and standing, by the same replay as everywhere
chunk.py          some cases, all of them or none
setting_aside.py  indexes and keys of an empty installation, made once the rows are there
running.py        the whole load, on all cores, going on where it stopped

The rows are written by `keepwell.imports.in_bulk`, which histories brought in use as well.
"""
