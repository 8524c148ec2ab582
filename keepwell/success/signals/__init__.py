"""What needs somebody to look at a customer: rules find it, a signal says it once, playbooks begin to act.

A rule is a condition over readings of an account, of a person there, or of a source of usage data, in a
closed grammar. It opens a signal where its condition holds for sure, and only the subject's own recovery
clears that signal: neither another version of the rule nor missing data does. A playbook is tied to a rule:
tasks for us, and proposals of engagements. No customer ever sees any of it.

    grammar.py      pure: what a condition can ask for, and how one is written
    holding.py      pure: whether a condition holds, does not, or cannot be said
    describing.py   pure: a condition in plain words
    terms.py        pure: what a rule says, with everything beside its condition
    deciding.py     pure: whether a signal is opened or cleared
    steps.py        pure: what a playbook does
    due_days.py     pure: working days from a day on
    usual.py        rules and playbooks that are there before anybody makes his own, as data
    readings/       what is read, for many accounts at once
    owning.py       whose a signal or a task is
    evidence.py     readings as they are kept with a signal, and in words
    queries.py      who may see what, what waits beyond the budget, how precise a rule is
    verbs/          look, acknowledge, snooze, end, hand over, publish, run, tasks
"""
