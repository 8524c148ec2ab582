"""What changes about signals: one capability a file."""
