"""What success and account managers work with: health, and their portfolio."""
