"""Ways to count wrongly on the pages about work, what-if and the portal; the recount notices them.

By the pages on which it has to be noticed. Each takes a MonkeyPatch, and may give what is done to the page.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import ROUND_DOWN
from itertools import accumulate

from django.db.models import Sum

from keepwell.cases import turns
from keepwell.cases.ending import count_turns_again
from keepwell.cases.models import Case
from keepwell.desk.forms.what_if import WhatIfForm
from keepwell.desk.views.insight import work
from keepwell.insight.guidelines import pictures, side_by_side
from keepwell.insight.work import (
    erlang,
    flow,
    flow_told,
    staffing,
    volume,
    volume_pictures,
    workload,
    workload_told,
)
from keepwell.insight.work.scope import Scope
from keepwell.insight.work.volume import closures
from keepwell.kit import tables
from keepwell.portal.views import service_levels
from keepwell.service_levels.what_if import Edited
from tests.recount.breaches import (
    a_number_without_a_name,
    a_window_by_the_clocks_on_the_wall_of_greenwich,
    an_interval_for_nine_of_ten,
)


def spam_counted(patch):
    patch.setattr(Scope, "cases", lambda _self: Case.objects.not_merged())


def duplicates_counted(patch):
    patch.setattr(Scope, "cases", lambda _self: Case.objects.filter(is_spam=False))


def withdrawals_counted_as_resolutions(patch):
    patch.setattr(flow, "resolutions", closures)


def every_resolution_by_the_first_contact(patch):
    def solved(scope):
        return volume.resolutions(scope).filter(reopened_at__isnull=True)

    patch.setattr(flow, "solved_at_first_contact", solved)


def a_percentile_that_is_one_of_the_values(patch):
    patch.setattr(flow.Percentile, "function", "PERCENTILE_DISC")


def stays_that_began_for_those_that_ended(patch):
    real = Scope.within
    patch.setattr(Scope, "within", lambda self, name: real(self, name.replace("left_at", "entered_at")))


def a_wait_that_his_word_does_not_end(patch):
    real = turns._after
    patch.setattr(turns, "_after", lambda kind, turn: turn if kind == turns.HIS_WORD else real(kind, turn))
    _turns_kept_again()


def time_that_it_stood_resolved_counted(patch):
    patch.setitem(turns.BEGUN_BY, "case.resolved", turns.Turn.OURS)
    _turns_kept_again()


def every_end_of_a_case_counted(patch):
    def turns_of(scope):
        spent = flow.resolutions(scope).aggregate(**{one.name.lower(): Sum(one.value) for one in turns.Turn})
        return flow.Turns(**spent)

    patch.setattr(flow, "_turns", turns_of)


def _turns_kept_again():
    for case in Case.objects.filter(closures__isnull=False).distinct():
        count_turns_again(case, since=case.opened_at)


def hand_offs_asked_for_counted_as_accepted(patch):
    def told(found):
        counted = {pair: replace(one, accepted=one.asked) for pair, one in found.hand_offs.items()}
        return _handed(replace(found, hand_offs=counted))

    _handed = flow_told._handed
    patch.setattr(flow_told, "_handed", told)


def days_of_twenty_three_hours(patch):
    patch.setattr(volume, "DAY", timedelta(hours=23))


def support_that_never_sleeps(patch):
    every = frozenset((day, hour) for day in range(7) for hour in range(24))
    patch.setattr(work, "support_hours_of_week", lambda _at: every)


def nobody_away(patch):
    patch.setattr(staffing, "_days_off", lambda _scope: {})


def a_mean_of_means(patch):
    def mean(self):
        return sum(one.mean for one in self.at_once.values()) / len(self.at_once)

    patch.setattr(workload.Workload, "at_once_mean", property(mean))


def cases_of_before_not_open_at_once(patch):
    patch.setattr(workload, "accumulate", lambda changes, initial: accumulate(changes, initial=initial - 1))


def unattended_by_a_mean_week(patch):
    def part(self):
        alone = sum(n for place, n in self.arrivals.items() if not self.people.get(place))
        return alone / sum(self.arrivals.values())

    patch.setattr(staffing.Staffing, "unattended", property(part))


def blocked_for_waiting(patch):
    patch.setattr(erlang, "waiting", erlang.blocking)


def one_person_fewer(patch):
    real = workload_told.people_needed
    patch.setattr(workload_told, "people_needed", lambda live: real(live) - 1)


def hand_offs_taken_that_give_nobody_a_case(patch):
    patch.setattr(workload, "GIVING", ("case.assigned",))


def figures_cut_and_not_rounded(patch):
    patch.setattr(tables, "ROUND_HALF_UP", ROUND_DOWN)


def a_table_behind_a_chart_that_says_more(patch):
    real = volume_pictures._of_day
    patch.setattr(volume_pictures, "_of_day", lambda found, day: real(found, day) + 1)


def a_sentence_under_a_chart_that_says_another_number(_patch):
    return lambda page: page.replace("<figcaption>", "<figcaption>7 ")


def a_cell_without_a_name(_patch):
    return lambda page: page.replace('id="figure-opened-1-2"', "").replace('id="figure-how-1-2"', "")


def a_curve_to_the_due_only(patch):
    patch.setattr(pictures, "FURTHEST", 1.0)


def a_budget_that_nothing_is_taken_from(patch):
    patch.setattr(pictures, "misses_by_day", lambda *_given, **_more: {})


def another_customers_cases(patch):
    patch.setattr(service_levels, "cases_of", lambda _reader: Case.objects.all())


def severities_as_they_were(patch):
    patch.setattr(Edited, "fact", lambda _self, fact: fact)


def pauses_as_they_were(patch):
    patch.setattr(WhatIfForm, "_pauses", lambda _self, version: frozenset(version.pauses))


def the_objective_as_it_was(patch):
    patch.setattr(side_by_side, "misses_allowed", lambda clocks, _objective: clocks - -(-clocks * 80 // 100))


ALL = {
    "work": (
        spam_counted,
        duplicates_counted,
        a_window_by_the_clocks_on_the_wall_of_greenwich,
        an_interval_for_nine_of_ten,
        a_number_without_a_name,
        withdrawals_counted_as_resolutions,
        every_resolution_by_the_first_contact,
        a_percentile_that_is_one_of_the_values,
        stays_that_began_for_those_that_ended,
        a_wait_that_his_word_does_not_end,
        time_that_it_stood_resolved_counted,
        every_end_of_a_case_counted,
        hand_offs_asked_for_counted_as_accepted,
        days_of_twenty_three_hours,
        support_that_never_sleeps,
        nobody_away,
        a_mean_of_means,
        cases_of_before_not_open_at_once,
        unattended_by_a_mean_week,
        blocked_for_waiting,
        one_person_fewer,
        hand_offs_taken_that_give_nobody_a_case,
        figures_cut_and_not_rounded,
        a_table_behind_a_chart_that_says_more,
        a_sentence_under_a_chart_that_says_another_number,
        a_cell_without_a_name,
    ),
    "guidelines": (a_curve_to_the_due_only, a_budget_that_nothing_is_taken_from),
    "portal": (another_customers_cases, a_number_without_a_name),
    "what_if": (severities_as_they_were, pauses_as_they_were, the_objective_as_it_was),
}
