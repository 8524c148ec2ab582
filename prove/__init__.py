"""Campaigns too long for every test run: each prints what it found and fails if it must."""
