"""Attainment and outlook against desks whose true share is known: how far off, and how often right."""
