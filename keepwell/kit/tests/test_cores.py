"""Work is spread over the cores of the machine."""

from __future__ import annotations

import math
import os

import pytest

from keepwell.kit.cores import all_cores


def test_every_answer_comes_and_an_error_ends_it() -> None:
    numbers = [4.0, 9.0, 16.0, 25.0]
    with all_cores() as cores:
        assert sorted(cores.each(math.sqrt, numbers)) == [2, 3, 4, 5]
        assert list(cores.each_in_order(math.sqrt, numbers)) == [2, 3, 4, 5]
        assert os.getpid() not in set(cores.each(_process, numbers))
        with pytest.raises(ValueError, match="math domain"):
            list(cores.each(math.sqrt, [-1.0]))


def _process(_number: float) -> int:
    return os.getpid()
