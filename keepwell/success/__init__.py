"""After go-live: how well each customer is, and what is agreed with him so that he gets the most out of it.

engagements/   meetings with a customer, from the wish for one to what came of it
road_maps/     goals in the customer's words, who does what until when, what was agreed and what it was worth
health/        scorecards, daily snapshots with what moved them, what people say beside; whether it foretold
signals/       rules that find what somebody has to look at, playbooks that begin to act, tasks
reviews/       the document of an account over some months, kept as delivered; what became of findings

Each room is an app of its own with the rooms of a slice.
"""
