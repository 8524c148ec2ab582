"""Many cases at once: whole histories written as rows, as the verbs would have left them.

tales.py      which stories: those of the demonstration, spread over two years, one in twenty unfinished
places.py     who and what the stories name, as ids
rows.py       the rows of one case as its story goes on
acts.py       what each act of a story leaves
promises.py   clocks and standing, by the same replay as everywhere
copying.py    COPY, and ids from the database's own sequences
chunk.py      some cases, all of them or none
running.py    the whole load, on all cores, going on where it stopped
"""
