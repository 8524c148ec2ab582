"""The pages under Settings, one noun a file."""
