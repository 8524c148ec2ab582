"""Accounts and contacts."""
