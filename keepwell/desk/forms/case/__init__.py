"""What is filled in about one case."""
