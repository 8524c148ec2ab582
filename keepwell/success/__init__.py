"""After go-live: how well each customer is, and what is agreed with him so that he gets the most out of it.

engagements/   meetings with a customer, from the wish for one to what came of it
health/        scorecards, nightly snapshots with what moved them, what people say beside; whether it foretold

Each room is an app of its own with the rooms of a slice. Road maps, playbooks and system reviews join here.
"""
