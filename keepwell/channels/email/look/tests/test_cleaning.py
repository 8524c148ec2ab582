"""Of a mail's HTML only the harmless is left, whatever it costs to find out."""

from __future__ import annotations

import re
import time

import pytest

from keepwell.channels.email.look import within_limits
from keepwell.channels.email.look.cleaning import cleaned
from keepwell.channels.email.look.tests.payloads import HOSTILE
from keepwell.channels.email.look.within_limits import cleaned_within_limits

PICTURES = {"logo@elmfalls.example": "/desk/cases/7/messages/8/files/9/"}
REL = 'rel="nofollow noopener noreferrer"'
TAGS = re.compile(r"<[^>]*>")
HARMFUL = re.compile(
    r"<(?!/?(?:a|p|table|tbody|tr|td|img|div|span)\b)|\son\w+=|url\(|canary|script:|position|data:|\bcid:",
    re.IGNORECASE,
)


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_is_left_that_runs_loads_or_covers_the_page(html):
    shown = cleaned(html, PICTURES).html
    assert not HARMFUL.search(" ".join(TAGS.findall(shown)))
    assert "import" not in shown


def test_pictures_of_the_mail_itself_are_shown_and_others_counted():
    html = '<img src="CID:Logo%40elmfalls.example" alt="Logo"><img src="https://x.example/p.gif" alt="p">'
    found = cleaned(html, PICTURES)
    assert found.html == f'<img src="{PICTURES["logo@elmfalls.example"]}" alt="Logo"><img alt="p">'
    assert found.left_out == 1


@pytest.mark.parametrize(
    "address", ["https://x.example/a?b=1", "HTTP://x.example/", "mailto:a@b.example", "tel:1"]
)
def test_links_lead_out_in_another_tab_and_tell_nothing(address):
    found = cleaned(f"<a href='{address}' target=_self onclick=x>x</a>", {}).html
    for kept in (f'href="{address}"', 'target="_blank"', REL):
        assert kept in found
    assert "onclick" not in found


@pytest.mark.parametrize(
    "address", ["/desk/", "//x.example/", "#a", "javascript:x", "data:x", "cid:logo", "x.html", ""]
)
def test_other_addresses_are_no_links(address):
    assert "href" not in cleaned(f"<a href='{address}'>x</a>", PICTURES).html


def test_how_it_looks_is_kept():
    html = '<table width="600"><tbody><tr><td style="color:red;padding:4px">x</td></tr></tbody></table>'
    assert cleaned(html, {}).html == html


TOO_MUCH = {
    "nested": "<div>" * 300_000 + "x",
    "tangled": "".join(f"<font color=c{number}>" for number in range(8_000)) + "<p>x" * 8_000,
    "long": "x" * 3_000_000,
}


@pytest.mark.parametrize("html", TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_would_take_too_long_is_given_up_and_costs_us_nothing(html, monkeypatch):
    monkeypatch.setattr(within_limits, "SECONDS", 2)
    began = time.process_time()
    found = cleaned_within_limits(html, {})
    assert found is None or len(found.html) < 10 * len(html)
    assert time.process_time() - began < 1


def test_the_child_gives_what_the_rules_give():
    html = '<p>Good morning <img src="cid:logo@elmfalls.example"> é</p>'
    assert cleaned_within_limits(html, PICTURES) == cleaned(html, PICTURES)
