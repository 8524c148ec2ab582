"""What must hold of every history, whatever happens in it."""

from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from keepwell.service_levels import clock_state as states
from keepwell.service_levels.replay import Fact, read_history, replay
from keepwell.service_levels.replay_shape import read_instant, read_terms
from keepwell.service_levels.tests.random_histories import random_history

SECOND = timedelta(seconds=1)
seeds = st.randoms(use_true_random=False)
many = settings(max_examples=120, deadline=None)


class History:
    """A random history, read."""

    def __init__(self, rng: Random, *, rare: bool = True) -> None:
        self.mapping = random_history(rng, rare=rare)
        self.terms_at = read_terms(self.mapping)
        self.facts = read_history(self.mapping["entries"], self.terms_at)
        self.as_of = read_instant(self.mapping["as_of"])

    def clocks(self, facts=None, as_of=None):
        facts = self.facts if facts is None else facts
        found = replay(facts, terms_at=self.terms_at, as_of=as_of or self.as_of)
        return {(clock.metric, clock.started_by): clock for clock in found}

    def has(self, *kinds):
        return any(fact.kind in kinds for fact in self.facts)

    def glances(self):
        """What somebody could have seen: after each recording and a second before the next."""
        learned = self.facts[0].at
        for count, fact in enumerate(self.facts, start=1):
            learned = max(learned, fact.known_at)
            yield self.clocks(self.facts[:count], as_of=learned)
            following = self.facts[count].known_at - SECOND if count < len(self.facts) else self.as_of
            yield self.clocks(self.facts[:count], as_of=max(learned, following))

    def has_fetched_mail(self):
        """Whether something was recorded after it came in, other than a contact entered later."""
        known = [fact.known_at for fact in self.facts]
        return known != sorted(known)


@many
@given(seeds)
def test_a_miss_once_seen_is_never_erased(rng):
    history = History(rng)
    seen = {}
    for clocks in history.glances():
        for key, missed_at in seen.items():
            assert clocks[key].missed_at == missed_at or history.has_fetched_mail()
            assert clocks[key].missed_at is not None
            assert clocks[key].state == "missed" or clocks[key].void_reason == "spam"
        seen |= {key: clock.missed_at for key, clock in clocks.items() if clock.missed_at is not None}


@many
@given(seeds)
def test_what_is_recorded_later_changes_no_earlier_answer(rng):
    history = History(rng)
    for count, fact in enumerate(history.facts):
        as_of = fact.known_at - SECOND
        if any(later.known_at <= as_of for later in history.facts[count:]):
            continue  # mail that was fetched after it came in
        assert history.clocks(as_of=as_of) == history.clocks(history.facts[:count], as_of=as_of)


@many
@given(seeds)
def test_states_and_instants_agree(rng):
    history = History(rng)
    for clock in history.clocks().values():
        if clock.state == "met":
            assert clock.stopped_at <= clock.due_at
        if clock.state == "missed":
            assert clock.missed_at == clock.due_at < history.as_of
            assert clock.stopped_at is None or clock.stopped_at > clock.due_at
        if clock.state == "running":
            assert clock.due_at >= history.as_of
        if clock.state == "paused":
            assert clock.due_at is None
            assert clock.paused_at < clock.due_kept
        assert (clock.state == "void") == (clock.void_reason is not None)
        assert clock.is_open or clock.ended_at >= clock.started_at


@many
@given(seeds)
def test_the_steps_tell_how_the_due_came_about(rng):
    for clock in History(rng).clocks().values():
        first, *rest = clock.steps
        assert (first.kind, first.due_before) == (states.STARTED, None)
        assert [step.at for step in rest] == sorted(step.at for step in rest)
        kept = first.due_after
        for step in rest:
            assert step.due_before == kept
            kept = step.due_after or kept
        assert kept == (clock.due_at or clock.due_kept)
        assert clock.steps[-1].severity == clock.severity


@many
@given(seeds)
def test_a_raise_brings_a_due_nearer_a_correction_pushes_it_out_a_lowering_does_nothing(rng):
    for clock in History(rng).clocks().values():
        for step in clock.steps[1:]:
            moved = (step.due_after or step.due_before) - step.due_before
            if step.kind in (states.SEVERITY_RAISED, states.MERGE_TAKEN_OVER):
                assert moved <= timedelta(0)
            elif step.kind in (states.SEVERITY_CORRECTED, states.PAUSE_ENDED):
                assert moved >= timedelta(0)
            else:
                assert moved == timedelta(0)


@many
@given(seeds)
def test_without_pauses_a_due_is_never_later(rng):
    history = History(rng)
    if history.has("merged_in"):
        return
    for clock in history.clocks().values():
        if clock.due_at is not None:
            assert clock.due_without_pauses <= clock.due_at
            assert clock.pauses or clock.due_without_pauses == clock.due_at


@many
@given(seeds, st.integers(0, 3000))
def test_a_customer_message_moves_no_running_due_and_only_ends_pauses(rng, minutes):
    history = History(rng)
    at = history.as_of + timedelta(minutes=minutes)
    message = Fact(kind="customer_message", at=at, id="message")
    before, after = history.clocks(as_of=at), history.clocks([*history.facts, message], as_of=at)
    assert set(before) == set(after)
    for key, clock in before.items():
        assert after[key].state != "paused"
        if clock.state != "paused":
            assert after[key] == clock
        elif states.CHANGE_PUT_OFF not in [step.kind for step in clock.steps]:
            assert after[key].due_at >= clock.due_kept


@many
@given(seeds)
def test_the_order_of_recording_matters_only_within_a_second(rng):
    history = History(rng, rare=False)
    # What ends a wait or reopens looks at what was recorded before it, so it stays out of this.
    facts = [fact for fact in history.facts if fact.kind not in ("customer_message", "take_back", "reopened")]
    spread = [fact._replace(at=fact.at + place * SECOND) for place, fact in enumerate(facts)]
    as_of = history.as_of + timedelta(minutes=1)
    expected = history.clocks(spread, as_of=as_of)
    shuffled = list(spread)
    rng.shuffle(shuffled)
    assert history.clocks(shuffled, as_of=as_of) == expected


@many
@given(seeds)
def test_plain_hours_are_the_start_the_hours_and_the_pauses(rng):
    history = History(rng)
    if history.has("severity", "merged_in"):
        return
    for clock in history.clocks().values():
        if clock.allowance.unit == "hours":
            paused = sum((end - begin for begin, end in clock.pauses), timedelta(0))
            hours = timedelta(hours=clock.allowance.amount)
            assert (clock.due_at or clock.due_kept) == clock.started_at + hours + paused


@many
@given(seeds)
def test_no_two_clocks_of_a_metric_are_undecided_and_runs_are_counted(rng):
    clocks = History(rng).clocks()
    open_metrics = [clock.metric for clock in clocks.values() if not clock.is_decided]
    assert len(open_metrics) == len(set(open_metrics))
    runs = [clock for clock in clocks.values() if clock.metric == "follow_up"]
    assert [clock.run for clock in runs] == list(range(1, len(runs) + 1))
