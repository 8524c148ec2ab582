"""Templates: one face does not borrow from another, and every word goes through gettext."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.architecture.tree import FACES, REPOSITORY, place, slice_of, templates

BORROWED = re.compile(r"{%\s*(?:include|extends)\s+[\"'](\w+)/")
COMMENTS = re.compile(r"{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}", re.DOTALL)
SAID = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
# Blocks that fill in a name for styles and are read by nobody.
NAMES = re.compile(r"{%\s*block (?:width|face)\s*%}.*?{%\s*endblock\s*%}")
TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
SILENT_FORM = re.compile(r"name=\"referrer\"\s+content=\"no-referrer\"")
WORDS = re.compile(r"[^\W\d_]{2,}")
# Signs that are no words of a language: names of keys, the product's own name, units of code.
NO_WORDS = {"Keepwell", "Ctrl", "Esc", "Enter", "Shift", "nbsp"}
SILENT = {"script", "style", "code", "kbd", "svg"}
SPOKEN = {"title", "alt", "placeholder", "aria-label"}
# The style page is read by those who build Keepwell; its samples are no words of the product.
SAMPLES = "templates/desk/styleguide"


def borrowings(root: Path) -> list[str]:
    found = []
    for path in templates(root):
        own = slice_of(path, root)
        for match in BORROWED.finditer(path.read_text(encoding="utf-8")):
            if match[1] in FACES and own in FACES and match[1] != own:
                found.append(f"{path.relative_to(root)} borrows from {match[1]}")
    return found


class _Words(HTMLParser):
    """Collects text and spoken attributes that are left when everything translated is taken out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        for name, value in attrs:
            if name in SPOKEN:
                self._note(value or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in SILENT))

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self._note(data)

    def _note(self, text: str) -> None:
        words = [word for word in WORDS.findall(text) if word not in NO_WORDS]
        if words:
            self.found.append((self.getpos()[0], " ".join(words)))


def untranslated(root: Path) -> list[str]:
    found = []
    for path in templates(root):
        if SAMPLES in path.as_posix():
            continue
        text = path.read_text(encoding="utf-8")
        for pattern in (COMMENTS, SAID, NAMES, TAGS):
            text = pattern.sub(lambda match: "\n" * match[0].count("\n"), text)
        parser = _Words()
        parser.feed(text)
        found += [f"{place(path, root, line)} {words}" for line, words in parser.found]
    return found


def _planted(root: Path, text: str) -> Path:
    page = root / "keepwell" / "desk" / "templates" / "desk" / "page.html"
    page.parent.mkdir(parents=True)
    page.write_text(text)
    return root


def test_no_face_includes_a_template_of_another():
    assert borrowings(REPOSITORY) == []


def test_a_borrowed_template_is_noticed(tmp_path):
    assert borrowings(_planted(tmp_path, '{% include "portal/_case.html" %}')) == [
        "keepwell/desk/templates/desk/page.html borrows from portal"
    ]


def test_every_word_of_every_template_goes_through_gettext():
    assert untranslated(REPOSITORY) == []


@pytest.mark.parametrize(
    "text",
    ["<p>Good morning</p>", '<button aria-label="Close it">x</button>', "<td>{{ n }} cases</td>"],
)
def test_a_word_that_is_not_translated_is_noticed(tmp_path, text):
    assert len(untranslated(_planted(tmp_path, text))) == 1


def test_translated_words_are_no_breach(tmp_path):
    said = '{% translate "Good morning" %}<p>{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}</p>'
    assert untranslated(_planted(tmp_path, said)) == []


def refused_forms(root: Path) -> list[str]:
    """Pages whose forms say nothing of where they are sent from: the site refuses those."""
    found = []
    for path in templates(root):
        text = path.read_text(encoding="utf-8")
        if SILENT_FORM.search(text) and "csrf_token" in text:
            found.append(str(path.relative_to(root)))
    return found


def test_no_page_hides_where_its_forms_are_sent_from() -> None:
    assert refused_forms(REPOSITORY) == []


def test_a_form_that_would_be_refused_is_noticed(tmp_path: Path) -> None:
    head = '<meta name="referrer" content="no-referrer">'
    assert refused_forms(_planted(tmp_path, f"{head}<form>{{% csrf_token %}}</form>")) == [
        "keepwell/desk/templates/desk/page.html"
    ]
