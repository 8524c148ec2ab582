"""What is agreed with a customer: contracts, their terms and renewals, what is subscribed to, prepaid hours.

A contract goes from term to term. Each term has one renewal, open from its first day until somebody decides
it or the contract renews itself; its outcome makes the next term. The last day for notice and the day that
the customer's budget request needs follow from the current term: nobody types them.

    terms.py       terms, notice, minimum term, contract years, the phase as of a day (pure)
    pricing.py     what a price comes to over days (pure)
    money.py       amounts in the smallest unit of a currency (pure)
    prepaid.py     what is left of prepaid hours (pure)
    licences.py    what an account may use as of a day (pure)
    queries.py     who may see contracts; what is entitled, paid, dated, decided
    verbs/         open, change, decide, renew by itself, subscribe, hours, past renewals, redact
"""
