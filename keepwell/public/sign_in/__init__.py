"""The doors of the house: django-allauth does the work, here stands where ours differs."""
