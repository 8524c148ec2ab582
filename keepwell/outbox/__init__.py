"""Everything that leaves by mail, ours and that of every library.

A mail is a row, written in the transaction of whatever asks for it: it leaves if that commits and never
otherwise. One mail at a time is handed over, the urgent ones first; what cannot leave now is tried again for
five days, what cannot leave at all is shown as failed. Budgets per address, domain and hour, with a breaker
above them, keep anybody from using this installation to flood others.

    models/        Outgoing, Try, Brand, BreakerOpening
    backend.py     Django's mail goes this way
    composing.py   from a template's words to a mail, and the one look of all mails
    verbs/         queuing, handing_over, withdrawing, trying_again, branding, forgetting
    backing_off.py, budgets.py, masking.py, colours.py, variables.py   pure
    transports/    smtp (KEEPWELL_MAIL_URL), kept (without one)
    jobs.py        the postman
"""
