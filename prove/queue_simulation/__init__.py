"""Which case next: three ways to choose, on one desk, with the same cases and the same staff.

draws.py     the cases, before anybody works on them
clocks.py    their clocks, by the product's allowances and calendar
desk.py      staff on shift, customers who answer
ways.py      by consequence, by the earliest due, by who came first
judging.py   what each came to
"""

import os

import django

# The distributions stand beside the demonstration's cast, whose roles are a table. Nothing here is stored.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keepwell.config.settings_test")
django.setup()
