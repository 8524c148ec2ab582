"""Versions of products and their last days from a file."""

from datetime import date

import pytest

from keepwell.customers.models import ProductVersion
from keepwell.imports.bringing_in import run
from keepwell.imports.report import Outcome
from tests import cast

pytestmark = pytest.mark.django_db

IMPORT = cast.System("import")
VERSIONS = """\
product,version,released,end of support,EOL
Roadworks,7.2,2023-04-01,2025-04-30,2026-04-30
roadworks,7.3,2024-04-01,2026-04-30,
Roadworks,8,,,
"""


@pytest.fixture(autouse=True)
def product(db):
    return cast.roadworks()


def words_of(lines):
    heading = "product,version,released on,support ends on,life ends on"
    return [str(one) for one in run("versions", f"{heading}\n{lines}\n".encode(), by=IMPORT).problems]


def test_versions_come_in_and_the_same_again_is_no_news():
    tried = run("versions", VERSIONS.encode(), by=IMPORT)
    assert (tried.outcomes, ProductVersion.objects.count()) == ({Outcome.ADDED: 3}, 0)
    for outcome in (Outcome.ADDED, Outcome.UNCHANGED):
        report = run("versions", VERSIONS.encode(), is_applied=True, by=IMPORT)
        assert report.outcomes == {outcome: 3}, report.sentences()


def test_an_empty_cell_leaves_what_there_is():
    run("versions", VERSIONS.encode(), is_applied=True, by=IMPORT)
    later = "product,version,EOL\nRoadworks,v7.03,2027-04-30\n"
    assert run("versions", later.encode(), is_applied=True, by=IMPORT).outcomes == {Outcome.CHANGED: 1}
    kept = ProductVersion.objects.get(number="7.3")
    assert (kept.support_ends_on, kept.life_ends_on) == (date(2026, 4, 30), date(2027, 4, 30))


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("Roadworks,7.3,2026-02-30,,", "line 2: Released on '2026-02-30' is no day"),
        ("Roadworks,7.3,1/4/2024,,", "line 2: Released on '1/4/2024' is no day"),
        ("Roadworks,7.3,2026-02-01,2025-02-01,", "line 2: A version is released first"),
        ("Roadworks,7.3,,2026-02-01,2026-01-31", "line 2: A version is released first"),
        ("Roadworks,7.3,,,\nROADWORKS,v7.03,2026-02-01,,", "line 3: The same stands in line 2 already."),
        ("Roadwork,7.3,,,", "line 2: Product 'Roadwork' is not known; did you mean Roadworks?"),
        ("Roadworks,,,,", "line 2: The version is empty."),
        ("Roadworks,--,,,", "line 2: A version has 1 to 60 characters"),
    ],
)
def test_a_line_that_cannot_be_says_why_and_nothing_is_kept(lines, words):
    (told,) = words_of(lines)
    assert told.startswith(words)
    assert not ProductVersion.objects.exists()
