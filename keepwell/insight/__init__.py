"""What happened, read across the slices: the account's timeline, and entries of the journal in words."""
