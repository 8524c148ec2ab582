"""Every worked history, ours and the design's, comes out to the second."""

import json
from pathlib import Path

import pytest

from keepwell.service_levels.replay import replay_mapping

FOLDER = Path(__file__).parent / "vectors"


def histories(name):
    vectors = json.loads((FOLDER / name).read_text())
    shared = {"calendar": vectors["calendar"], "policy": vectors["policy"]}
    return [{**shared, **history} for history in vectors["histories"]]


DESIGN = histories("clocks.json")
OWN = histories("own_clocks.json")


@pytest.mark.parametrize("history", DESIGN, ids=lambda history: history["name"])
def test_every_history_of_the_design_holds(history):
    assert replay_mapping(history) == history["clocks"]


@pytest.mark.parametrize("history", OWN, ids=lambda history: history["name"])
def test_every_history_worked_out_by_hand_holds(history):
    assert replay_mapping(history) == history["clocks"], history["why"]


def test_none_is_missing():
    assert len(DESIGN) == 95
    assert len(OWN) >= 54
    assert len({history["name"] for history in [*DESIGN, *OWN]}) == 95 + len(OWN)
