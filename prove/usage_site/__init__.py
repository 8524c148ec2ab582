"""What the campaigns about usage share: events of invented customers.

events.py    very many events, by seed
asking.py    what metrics are given of these customers
"""
