"""After go-live: how well each customer is, and what is agreed with him so that he gets the most out of it.

health/     the scorecard's arithmetic: from readings to a score, a band, and why either changed

The rest of the slice (engagements, road maps, playbooks, system reviews) joins here.
"""
