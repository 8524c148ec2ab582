"""What if it had been promised otherwise: asked on a page, and where it takes longer worked out by a job.

question.py      what is asked, as it can be kept
answering.py     at once, or by the job; how far that is; for an hour what came of it
"""
