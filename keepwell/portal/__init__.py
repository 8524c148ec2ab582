"""The portal: where a customer's people see their cases and what happens next. A face: no rules.

readers.py     who reads: somebody signed in, or whoever follows one case by the code from our mail
finding.py     the cases of a reader
next_steps.py  how a case stands and what happens next, in the customer's words (pure)
case_page/     what the page of one case is made of
views/         one noun a file
"""
