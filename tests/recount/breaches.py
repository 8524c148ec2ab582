"""Ways to count wrongly, each made in the product on purpose; the recount has to notice every one.

Each takes a MonkeyPatch, and may give what is done to the page that comes out.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np

from keepwell.service_levels import attainment, budget, measuring, outlook, survival, trailing, windows
from keepwell.service_levels.attainment import Share


def _cohort(patch, change):
    real = measuring.cohort_of
    patch.setattr(measuring, "cohort_of", lambda selection, *, at: change(real(selection, at=at)))


def _columns(patch, **told):
    """Some columns told otherwise, each worked out of all of them."""

    def change(cohort):
        columns = cohort.columns.copy()
        for name, work_out in told.items():
            columns[name] = work_out(cohort.columns)
        return replace(cohort, columns=columns)

    _cohort(patch, change)


def open_clocks_dropped(patch):
    _cohort(patch, lambda cohort: cohort.of(~cohort.is_undecided))


def open_clocks_counted_as_met(patch):
    _columns(patch, is_met=lambda clocks: ~clocks["is_missed"])


def void_clocks_counted(patch):
    def change(cohort):
        return replace(cohort, columns=np.concatenate([cohort.columns, cohort.columns[: cohort.void]]))

    _cohort(patch, change)


def void_clocks_hidden(patch):
    _cohort(patch, lambda cohort: replace(cohort, void=0))


def a_window_from_the_day_before(patch):
    real = measuring.selection_of

    def selection_of(*given):
        found = real(*given)
        return replace(found, begins_at=found.begins_at - timedelta(days=1))

    patch.setattr(measuring, "selection_of", selection_of)


def a_window_by_the_clocks_on_the_wall_of_greenwich(patch):
    real = windows._midnight
    patch.setattr(windows, "_midnight", lambda on, zone: real(on, measuring.ZoneInfo("UTC")))


def pauses_not_taken_off(patch):
    _columns(patch, used=lambda clocks: clocks["used_without_pauses"])


def pauses_taken_off_from_the_figure_without_them(patch):
    _columns(patch, used_without_pauses=lambda clocks: clocks["used"])


def decided_without_what_is_missed_and_open(patch):
    real = attainment.counts_of

    def counts_of(cohort):
        found = real(cohort)
        late = int((cohort.columns["is_missed"] & ~cohort.columns["is_stopped"]).sum())
        object.__setattr__(found, "late", late)
        return found

    decided = property(lambda one: Share(count=one.met, of=one.met + one.missed - one.late))
    patch.setattr(attainment, "counts_of", counts_of)
    patch.setattr(attainment.Counts, "decided", decided)


def corrections_not_marked(patch):
    _columns(patch, is_corrected=lambda clocks: np.zeros(clocks.size, bool))


def contacts_entered_later_not_marked(patch):
    _columns(patch, entered_later=lambda clocks: np.zeros(clocks.size, bool))


def later_entries_left_in_where_they_are_to_be_left_out(patch):
    patch.setattr(measuring, "kept_without_them", lambda _cohort, _selection, kept: kept)


def an_interval_for_nine_of_ten(patch):
    patch.setattr(survival, "Z", 1.6448536269514722)


def misses_allowed_rounded_up(patch):
    patch.setattr(budget, "must_be_met", lambda clocks, objective: int(clocks * objective / 100))


def the_part_that_is_gone_by_the_day(patch):
    real = windows.Window.gone
    patch.setattr(windows.Window, "gone", lambda self, at: real(self, at.replace(hour=5, minute=0)))


def a_chance_without_what_is_still_to_come(patch):
    patch.setattr(trailing, "_arrivals", lambda *_given: outlook.NO_ARRIVALS)


def a_chance_as_if_the_share_to_come_were_known(patch):
    patch.setattr(trailing, "share_variance", lambda **_given: 0.0)


def a_chance_by_the_last_month_alone(patch):
    patch.setattr(measuring, "YEAR", timedelta(days=28))


def a_number_without_a_name(_patch):
    return lambda page: page.replace("</main>", "<p>17</p></main>")


def a_figure_that_nobody_counts_again(_patch):
    return lambda page: page.replace("</main>", '<data id="figure-luck" value="1">1</data></main>')


def a_figure_that_is_left_out(_patch):
    return lambda page: page.replace('id="figure-missed"', "").replace("-missed", "")


ALL = {
    one.__name__: one
    for one in (
        open_clocks_dropped,
        open_clocks_counted_as_met,
        void_clocks_counted,
        void_clocks_hidden,
        a_window_from_the_day_before,
        a_window_by_the_clocks_on_the_wall_of_greenwich,
        pauses_not_taken_off,
        pauses_taken_off_from_the_figure_without_them,
        decided_without_what_is_missed_and_open,
        corrections_not_marked,
        contacts_entered_later_not_marked,
        later_entries_left_in_where_they_are_to_be_left_out,
        an_interval_for_nine_of_ten,
        misses_allowed_rounded_up,
        the_part_that_is_gone_by_the_day,
        a_chance_without_what_is_still_to_come,
        a_chance_as_if_the_share_to_come_were_known,
        a_chance_by_the_last_month_alone,
        a_number_without_a_name,
        a_figure_that_nobody_counts_again,
        a_figure_that_is_left_out,
    )
}
