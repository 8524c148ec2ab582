"""Campaigns too long for every test run: each prints what it found, fails if it must, and can keep a record."""
