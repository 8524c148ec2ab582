"""Which case next: three ways to choose, on one desk, with the same cases and the same staff."""
