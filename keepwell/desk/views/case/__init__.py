"""One case: its page, and what is done with it."""
