"""Engagements, enquiries, and the calendars of whoever holds them."""
