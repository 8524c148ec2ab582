"""What changes about health: one capability a file."""
