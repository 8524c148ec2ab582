"""How much work there is, how it flows, and who carries it, over a window of days.

scope.py           whose cases, which days, narrowed to what; where every question begins
volume.py          what came in, what was resolved, what is open and how old; volume_told.py says it
flow.py            hand-offs, time at levels, waits, reopenings; flow_told.py says it
first_contact.py   which cases were resolved by the first human contact
workload.py        each person's share, how many cases are open at once; workload_told.py says it
staffing.py        people at work by hour of the week, by their calendars
erlang.py          how many people live contacts would need; pure
behind.py          the cases behind a figure
*_pictures.py      the charts and tables of each
telling.py         what a page is made of: figures, charts, tables
"""
