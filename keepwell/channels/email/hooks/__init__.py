"""Mail providers deliver to us by requests of their own.

posted.py      what came, taken apart: a form of any size, or JSON
providers.py   how each provider proves itself and where in its request the mail is; a new one is a row
taking.py      what a provider is answered: yes only once all its mails are committed

django-anymail knows how a provider proves itself. It is not asked for the mails: it parses each in the
process that takes it, which is what we keep in a child, and has Django read the form, where all fields
together may have 2 MB. Against the real providers this is untried: none is reached from where Keepwell is
made.
"""
