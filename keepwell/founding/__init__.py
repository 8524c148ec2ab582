"""The first hour of a real installation: the vendor's name, hours and promises, and its first administrator.

`keepwell init` asks for them in the terminal, the first-run page in the browser; both end in one verb, and
after it neither does anything more. Customers, products and staff come after, by hand or by import.

    opening_hours.py   "mon-fri 07:00-19:00" read as a calendar (pure)
    terms.py           what is asked
    first_run_key.py   who may answer in the browser: whoever can read the terminal or the data folder
    verbs/founding.py  found()
"""
