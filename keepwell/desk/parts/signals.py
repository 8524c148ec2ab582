"""Signals: mine and everybody's, a tab of each account, what Today says; rules and playbooks in Settings."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from keepwell.desk.registry import AccountTab, RailEntry, SettingsPage, TodayCard, register
from keepwell.desk.views.settings import signals as setting
from keepwell.desk.views.signals import account, listing, page

urlpatterns = [
    path("signals/", listing.signals, name="signals"),
    path("signals/<int:pk>/", page.signal, name="signal"),
    path("signals/<int:pk>/snoozing/", page.snoozing, name="signal_snoozing"),
    path("signals/<int:pk>/dismissal/", page.dismissal, name="signal_dismissal"),
    path("signals/<int:pk>/owner/", page.owner, name="signal_owner"),
    path("signals/<int:pk>/redaction/", page.redaction, name="signal_redaction"),
    path("signals/<int:pk>/playbooks/<int:playbook>/run/", page.playbook_run, name="signal_playbook_run"),
    path(
        "signals/<int:pk>/playbooks/<int:playbook>/declining/",
        page.playbook_declining,
        name="signal_playbook_declining",
    ),
    path("signals/<int:pk>/<slug:act>/", page.act, name="signal_act"),
    path("accounts/<int:pk>/signals/", account.signals, name="account_signals"),
    path("accounts/<int:pk>/tasks/new/", account.new_task, name="new_task"),
    path("tasks/<int:pk>/owner/", account.task_owner, name="task_owner"),
    path("tasks/<int:pk>/redaction/", account.task_redaction, name="task_redaction"),
    path("tasks/<int:pk>/<slug:act>/", account.task_act, name="task_act"),
    path("settings/signal-rules/", setting.rules, name="signal_rules"),
    path("settings/signal-rules/usual/", setting.usual, name="usual_signal_rules"),
    path("settings/signal-rules/new/", setting.new_rule, name="new_signal_rule"),
    path("settings/signal-rules/<int:pk>/", setting.rule, name="signal_rule"),
    path("settings/signal-rules/<int:pk>/<slug:to>/", setting.rule_switch, name="signal_rule_switch"),
    path("settings/playbooks/", setting.playbooks, name="playbooks"),
    path("settings/playbooks/new/", setting.new_playbook, name="new_playbook"),
    path("settings/playbooks/<int:pk>/", setting.playbook, name="playbook"),
    path("settings/playbooks/<int:pk>/<slug:to>/", setting.playbook_switch, name="playbook_switch"),
]

register(
    RailEntry(
        name="signals",
        position=605,
        permit="signal.handle",
        words=_("Signals"),
        icon="radar",
        url_name="desk:signals",
        count=listing.count_mine,
    ),
    AccountTab(
        name="signals",
        position=160,
        permit="health.see",
        words=_("Signals"),
        url_name="desk:account_signals",
        count=account.count_signals,
    ),
    TodayCard(
        name="signals",
        position=50,
        permit="signal.handle",
        template="desk/signals/_today.html",
        context=listing.today_card,
    ),
    SettingsPage(
        name="signal_rules",
        position=56,
        permit="settings.health",
        group=_("What is promised"),
        words=_("Rules for signals"),
        about=_("What is looked for at customers every night, and how often it was right"),
        icon="radar",
        url_name="desk:signal_rules",
    ),
    SettingsPage(
        name="playbooks",
        position=57,
        permit="settings.health",
        group=_("What is promised"),
        words=_("Playbooks"),
        about=_("What is done when a signal is opened: tasks, and engagements proposed"),
        icon="workflow",
        url_name="desk:playbooks",
    ),
)
