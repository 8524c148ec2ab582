"""Road maps of accounts."""
