"""Texts as the formatted box can make them, as its editor keeps them; and what a reader sees of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

Doc = dict[str, Any]

PIECES = (
    *("a", "b", "Zebra", "1", "12", "é", "€", "😀", "word", "snake_case", "x*y", "3 < 5", "C:\\new"),
    *(
        "*",
        "_",
        "~",
        "`",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "&",
        "!",
        "#",
        "-",
        "+",
        "=",
        "|",
        ":",
        "\\",
        ".",
        '"',
    ),
    *(
        " ",
        " ",
        " ",
        "  ",
        "\u00a0",
        "**",
        "~~",
        "***",
        "---",
        "===",
        "```",
        "](",
        "]: ",
        "![",
        "&amp;",
        "&#35;",
    ),
    *("<b>", "<https:x>", "1. ", "- ", "# ", "> ", "| a", "|---|", "+ ", "5) ", "www.example.org", "{{ x }}"),
)
ADDRESSES = (
    "https://example.org",
    "https://example.org/a_b/?c=1&d=2#e",
    "http://example.org/_x_/(y)",
    "https://example.org/~home/*.txt",
    "https://example.org/&copy;",
    "https://ä.example/straße",  # read, it is written as machines do
)
LINKS = (*ADDRESSES[:-1], "mailto:dana@elmfalls.example", "/desk/cases/1/", "tel:+15550100")
WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join)
WITH_ADDRESSES = st.lists(st.sampled_from((*PIECES, *ADDRESSES)), min_size=1, max_size=6).map("".join)


def _marks() -> st.SearchStrategy[list[Doc]]:
    link = st.sampled_from(LINKS).map(lambda href: {"type": "link", "attrs": {"href": href}})
    named = st.sampled_from(["bold", "italic", "strike", "code"]).map(lambda name: {"type": name})
    found = st.lists(st.one_of(named, named, link), max_size=3, unique_by=lambda mark: mark["type"])
    return st.one_of(st.just([]), found)


def _inline(words: st.SearchStrategy[str], *, breaks: bool = True) -> st.SearchStrategy[list[Doc]]:
    text = st.builds(lambda said, marks: {"type": "text", "text": said, "marks": marks}, words, _marks())
    broken = st.builds(lambda marks: {"type": "hardBreak", "marks": marks}, st.just([]))
    picture = st.builds(
        lambda number, alt: {"type": "image", "attrs": {"src": f"/files/{number}", "alt": alt, "waits": ""}},
        st.integers(1, 999),
        WORDS.map(str.strip),
    )
    kinds = [text, text, text, picture, *([broken] if breaks else [])]
    return st.lists(st.one_of(kinds), max_size=5).map(_merged)


def _merged(nodes: list[Doc]) -> list[Doc]:
    """As the editor keeps them: beside each other stand no two with the same marks."""
    kept: list[Doc] = []
    for node in nodes:
        last = kept[-1] if kept else {}
        if node["type"] == "text" == last.get("type") and _names(node) == _names(last):
            last["text"] += node["text"]
        else:
            kept.append(dict(node))
    return kept


def _names(node: Doc) -> set[str]:
    return {str(mark) for mark in node.get("marks", ())}


def docs(words: st.SearchStrategy[str] = WORDS) -> st.SearchStrategy[Doc]:
    paragraph = st.builds(lambda nodes: {"type": "paragraph", "content": nodes}, _inline(words))
    heading = st.builds(
        lambda level, nodes: {"type": "heading", "attrs": {"level": level}, "content": nodes},
        st.integers(1, 6),
        _inline(words, breaks=False),
    )
    code = st.lists(st.sampled_from((*PIECES, "\n", "\n\n", "    ", "\t")), max_size=6).map("".join)
    code = code.map(lambda text: text if text.strip() else "")  # how many empty lines it holds, nobody sees
    block_of_code = code.map(
        lambda text: {"type": "codeBlock", "content": [{"type": "text", "text": text}] if text else []}
    )
    leaf = st.one_of(
        paragraph, paragraph, paragraph, heading, block_of_code, st.just({"type": "horizontalRule"})
    )
    blocks = st.recursive(leaf, lambda inner: _containers(paragraph, inner), max_leaves=8)
    return st.lists(blocks, min_size=1, max_size=4).map(lambda found: {"type": "doc", "content": found})


def _containers(paragraph: st.SearchStrategy[Doc], inner: st.SearchStrategy[Doc]) -> st.SearchStrategy[Doc]:
    item = st.builds(
        lambda first, rest: {"type": "listItem", "content": [first, *rest]},
        paragraph,
        st.lists(inner, max_size=2),
    )
    items = st.lists(item, min_size=1, max_size=3)
    bullets = items.map(lambda found: {"type": "bulletList", "content": found})
    numbers = st.builds(
        lambda start, found: {"type": "orderedList", "attrs": {"start": start}, "content": found},
        st.sampled_from([1, 1, 1, 0, 7, 99]),
        items,
    )
    quote = st.lists(inner, min_size=1, max_size=3).map(
        lambda found: {"type": "blockquote", "content": found}
    )
    return st.one_of(bullets, numbers, quote)


def seen(doc: Doc) -> list[tuple[Any, ...]]:
    """What a reader sees of it: each block with where it stands, its signs and their marks.

    Space at the ends of a line, empty blocks, and whether a space is bold are seen by nobody.
    """
    return [(path, signs) for path, signs in _blocks(doc, ()) if signs]


def _blocks(node: Doc, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    kind, content = node["type"], node.get("content", [])
    here = (*path, kind, *_told(node))
    if kind in {"paragraph", "heading"}:
        yield here, _signs(content, is_one_line=kind == "heading")
    elif kind == "codeBlock":
        yield here, ["".join(part["text"] for part in content), "code"]
    elif kind == "horizontalRule":
        yield here, "rule"
    else:
        for child in content:
            yield from _blocks(child, here)


def _told(node: Doc) -> tuple[Any, ...]:
    attributes = node.get("attrs") or {}
    return tuple(attributes[name] for name in ("level", "start") if attributes.get(name) is not None)


def _signs(nodes: list[Doc], *, is_one_line: bool) -> list[Any]:
    signs: list[Any] = []
    for node in nodes:
        marks = frozenset(
            (mark["type"], (mark.get("attrs") or {}).get("href")) for mark in node.get("marks", ())
        )
        if node["type"] == "hardBreak":
            signs.append(" " if is_one_line else "\n")
        elif node["type"] == "image":
            signs.append((node["attrs"]["src"], " ".join(node["attrs"]["alt"].split()), marks))
        else:
            is_code = ("code", None) in marks
            signs += [_sign(sign, marks, is_code) for sign in node["text"]]
    return _without_idle_space(signs)


def _sign(sign: str, marks: frozenset[Any], is_code: bool) -> Any:
    return " " if re.match(r"\s", sign) and not is_code else (sign, marks)


def _without_idle_space(signs: list[Any]) -> list[Any]:
    kept: list[Any] = []
    for sign in signs:
        if sign == " " and (not kept or kept[-1] in (" ", "\n")):
            continue
        if sign == "\n" and kept and kept[-1] == " ":
            kept.pop()
        if sign == "\n" and not kept:
            continue
        kept.append(sign)
    while kept and kept[-1] in (" ", "\n"):
        kept.pop()
    return kept
