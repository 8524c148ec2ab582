"""Mails that are made to break whoever reads them; each is one that broke something somewhere."""

from __future__ import annotations

import base64
from collections.abc import Iterator

HEAD = (
    b"From: Dana <dana@elmfalls.example>\nTo: help@keepwell.example\nDate: Mon, 2 Nov 2026 09:14:00 +0000\n"
)
CHARSETS = (
    "iso-gb2312", "unicode-1-1-utf-7", "x-unknown", "ks_c_5601", "ks_c_5601-1987", "utf-7", "utf-16",
    "utf-32",
    "utf8mb4", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "rot13", "base64", "hex", "zlib",
    "undefined", "iso-2022-jp", "iso-2022-kr", "hz", "cp65001", "", "\x00", "a" * 60, "../../etc/passwd",
)  # fmt: skip
BROKEN = b"\xff\xfe\x00\x80\xa4\xf4\x8f\xbf\x1b$B\x00+//8-\xed\xa0\x80~{\xc4\xe3"


def mails(scale: int = 1) -> Iterator[tuple[str, bytes]]:
    """Each with its name; `scale` 10 makes those that grow ten times as large."""
    yield "nested parts", nested_parts(1_000 * scale)
    yield "nested mails", _nested_mails(1_000 * scale)
    yield "encoded words", encoded_words(280_000 * scale)
    yield "encoded words, folded", _folded_words(280_000 * scale)
    yield "tiny parts", tiny_parts(200_000 * scale)
    yield "endless boundary", _endless_boundary(200_000 * scale)
    yield "many headers", _many_headers(50_000 * scale)
    yield "parameters", _parameters(20_000 * scale)
    yield "comments", HEAD.replace(b"Dana <", b"(" * 20_000 * scale + b"Dana <") + b"\nx\n"
    yield "addresses", HEAD + b"Cc: " + b",\n ".join([b"a@b.example"] * 20_000 * scale) + b"\n\nx\n"
    yield "quotes", HEAD + b"Subject: x\nIn-Reply-To: <a@b>\n\n" + b"> a\nb\n" * 50_000 * scale
    yield "angles", HEAD + b"References: " + b"<" * 60_000 + b"\n\nx\n"
    yield "nested html", html(b"<div>" * 100_000 * scale + b"x" + b"</div>" * 100_000 * scale)
    yield "nested quotes", html(b"<blockquote>" * 20_000 * scale + b"x")
    yield "attributes", html(b"<p " + b"a=b " * 100_000 * scale + b">x</p>")
    yield "open tags", html(b"<" * 500_000 * scale)
    yield "open comments", html(b"<!--" * 100_000 * scale)
    yield "open tags with attributes", html(b"<a x='" * 100_000 * scale)
    yield "open declarations", html(b"<![x" * 100_000 * scale)
    yield "open ends", html(b"</a" * 100_000 * scale)
    yield "references", html(b"&amp" * 200_000 * scale + b"&#" * 200_000)
    yield "one line", HEAD + b"\n" + b"x" * 5_000_000
    yield "empty", b""
    yield "newlines", b"\n" * 1_000_000 * scale
    yield "no header", b"\xff" * 10_000
    yield "uuencoded", _encoded("x-uuencode", b"begin 644 a\nM" + b"\x01" * 500 + b"\nend\n")
    yield "half of base64", _encoded("base64", b"QUJD\nRE\xff=====")
    yield (
        "wrapped by outlook",
        _encoded("base64", base64.b64encode(b"\x78\x9f\x3e\x22" + b"\xff" * 5_000), "application/ms-tnef"),
    )
    yield from broken_charsets()


def broken_charsets() -> Iterator[tuple[str, bytes]]:
    for charset in CHARSETS:
        name = charset.encode()
        yield f"charset {charset[:20]!r}", (
            HEAD
            + b"Subject: =?" + name + b"?B?" + base64.b64encode(BROKEN) + b"?= =?" + name + b"?q?=ff=00?=\n"
            + b"Content-Type: text/plain; charset=\"" + name + b"\"\n"
            + b"Content-Transfer-Encoding: 8bit\n\n" + BROKEN
        )  # fmt: skip


def nested_parts(count: int) -> bytes:
    opened = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
        for number in range(count)
    )
    return HEAD + b"Subject: nested\n" + opened + b"\nthe innermost\n"


def encoded_words(size: int) -> bytes:
    word = b"=?utf-8?B?0JfQtNGA0LDQstGB0YLQstGD0LnRgtC1?= "
    return HEAD + b"Subject: " + word * (size // len(word)) + b"\n\nwords\n"


def tiny_parts(count: int) -> bytes:
    opened = HEAD + b"Subject: tiny\nContent-Type: multipart/mixed; boundary=b\n\n"
    return opened + b"--b\n\nx\n" * count + b"--b--\n"


def attachment(size: int) -> bytes:
    """A mail with a file of `size` bytes, as it comes: in base64, in lines."""
    content = base64.encodebytes(bytes(range(256)) * (size // 256))
    head = HEAD + b"Subject: large\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nsee the file\n--b\n"
    file = b"Content-Type: application/octet-stream; name=large.bin\nContent-Transfer-Encoding: base64\n\n"
    return head + file + content + b"\n--b--\n"


def html(content: bytes) -> bytes:
    return HEAD + b"Subject: html\nContent-Type: text/html; charset=utf-8\n\n" + content


def _nested_mails(count: int) -> bytes:
    return HEAD + b"Content-Type: message/rfc822\n\n" * count + b"\nthe innermost\n"


def _folded_words(size: int) -> bytes:
    word = b"=?iso-8859-1?Q?=E4=F6=FC?=\n "
    return HEAD + b"Subject: " + word * (size // len(word)) + b"\n\nwords\n"


def _endless_boundary(size: int) -> bytes:
    boundary = b"b" * size
    return HEAD + b'Content-Type: multipart/mixed; boundary="' + boundary + b'"\n\n--' + boundary + b"\n\nx\n"


def _many_headers(count: int) -> bytes:
    return HEAD + b"".join(b"X-%d: y\n" % number for number in range(count)) + b"\nx\n"


def _parameters(count: int) -> bytes:
    pieces = b"".join(b";\n name*%d*=%%41" % number for number in range(count))
    return HEAD + b"Content-Type: application/octet-stream" + pieces + b"\n\nx\n"


def _encoded(way: str, content: bytes, kind: str = "text/plain") -> bytes:
    return HEAD + f"Content-Type: {kind}\nContent-Transfer-Encoding: {way}\n\n".encode() + content
