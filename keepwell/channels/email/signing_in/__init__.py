"""Mailboxes whose provider takes no password of a program: somebody consents there, and we come by OAuth 2.

providers.py   who they are and where they are asked; a new one is a row
asking.py      what is said to them: where one consents, and what a consent is exchanged for

Against the real Microsoft 365 and Google it is untried: neither is reached from where Keepwell is made. It is
tried with a provider of our own and a real Dovecot that asks it.
"""
