"""More signals than anybody is shown at once, each about names without a space."""

from __future__ import annotations

from datetime import datetime, timedelta

from keepwell.customers.models import Account, Deployment
from keepwell.people.actors import System
from keepwell.people.models import User
from keepwell.success.signals.grammar import Scope, parse
from keepwell.success.signals.models import Signal
from keepwell.success.signals.steps import EngagementStep, TaskStep
from keepwell.success.signals.terms import Severity, Terms
from keepwell.success.signals.verbs.handing_over import hand_over_signal
from keepwell.success.signals.verbs.handling import dismiss
from keepwell.success.signals.verbs.looking import look_at
from keepwell.success.signals.verbs.playbooks import NewPlaybook, add_playbook
from keepwell.success.signals.verbs.publishing import add_rule
from keepwell.success.signals.verbs.running import run_playbook
from keepwell.success.signals.verbs.tasks import NewTask, add_task
from prove.look.long_words import long

BY = System("prove")
LIVE = {"reading": "life.days_live", "is": "at_least", "number": "1", "unit": "days"}
NEVER = {"reading": "cases.opened", "within_days": 400, "is": "less_than", "number": "10000", "unit": "times"}


def watch_over_at_its_worst(administrator: User, at: datetime) -> None:
    """Two rules hold for every account, and all of it is the administrator's, who looks at every page."""
    Deployment.objects.filter(live_on=None).update(live_on=(at - timedelta(days=30)).date())
    when = parse({"any": [{"all": [LIVE, NEVER]}, {"all": [NEVER, LIVE, NEVER]}]})
    terms = Terms(scope=Scope.ACCOUNT, severity=Severity.HIGH, when=when, from_days=0)
    rule = add_rule(long("Nutzungsüberwachung", 0, 100), terms, by=BY, at=at).rule
    add_rule(long("Kundenbeobachtung", 1, 100), terms, by=BY, at=at)
    steps = (TaskStep(words=long("Rückfragen", 2, 300)), EngagementStep(kind="business_review"))
    new = NewPlaybook(name=long("Vorgehensweise", 3, 100), rule=rule, steps=steps)
    playbook = add_playbook(new, by=BY, at=at)
    accounts = list(Account.objects.order_by("pk"))
    look_at([account.pk for account in accounts], as_of=at, at=at)
    for signal in Signal.objects.still_open():
        hand_over_signal(signal, administrator, by=BY, at=at)
    first, second = Signal.objects.filter(rule=rule).order_by("pk")[:2]
    run_playbook(playbook, first, by=administrator, at=at)
    dismiss(second, "not_true", words=long("Betriebsferien", 4, 2000), by=administrator, at=at)
    for number, account in enumerate(accounts[:10]):
        due_on = (at + timedelta(days=number - 3)).date()
        words = long("Wiedervorlage", number, 300)
        add_task(account, NewTask(words=words, due_on=due_on, owner=administrator), by=administrator, at=at)
