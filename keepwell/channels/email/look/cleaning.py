"""HTML of a mail with only the harmless left. Applied again at each showing; what is kept stays as it came.

Nothing in it runs, submits, or is fetched from anywhere: pictures are those that the mail itself brought
(`cid:`, RFC 2392) at the addresses that the caller gives, all others are left out; styles have no address.
Links go to the web, to mail or to a phone, in another tab, and tell nobody where they came from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

import nh3

_TAGS = """
a abbr address b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em
font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong sub sup table
tbody td tfoot th thead tr tt u ul var wbr
"""
# Gone with all that stands in it.
_WHOLE = "script style title noscript template iframe object embed svg math"
# None of them takes an address, none takes what it styles out of its place.
_STYLES = """
background-color border border-bottom border-collapse border-color border-left border-radius border-right
border-spacing border-style border-top border-width color direction font-family font-size font-style
font-variant font-weight letter-spacing line-height list-style-type margin margin-bottom margin-left
margin-right margin-top max-width padding padding-bottom padding-left padding-right padding-top
text-align text-decoration text-indent text-transform vertical-align white-space width word-break
"""
TAGS = frozenset(_TAGS.split())
WHOLE = frozenset(_WHOLE.split())
LOOK = {"align", "dir", "lang", "style", "title"}
ATTRIBUTES = {
    "*": LOOK,
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start", "type"},
    "font": {"color", "face", "size"},
    "table": {"bgcolor", "border", "cellpadding", "cellspacing", "width"},
    "tr": {"bgcolor", "valign"},
    "td": {"bgcolor", "valign", "width", "height", "colspan", "rowspan"},
    "th": {"bgcolor", "valign", "width", "height", "colspan", "rowspan", "scope"},
}
STYLES = frozenset(_STYLES.split())
SCHEMES = frozenset({"http", "https", "mailto", "tel", "cid"})
LEADS_OUT = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)
REL = "nofollow noopener noreferrer"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cleaned:
    """`left_out` counts the pictures that lie elsewhere."""

    html: str
    left_out: int = 0


def cleaned(html: str, pictures: Mapping[str, str]) -> Cleaned:
    """The HTML as it may be shown. `pictures`: the address of each Content-ID, in small letters."""
    left_out = 0

    def kept(tag: str, attribute: str, value: str) -> str | None:
        nonlocal left_out
        if attribute == "href":
            return value if LEADS_OUT.match(value) else None
        if attribute == "src":
            address = pictures.get(_content_id(value))
            left_out += address is None
            return address
        return value

    shown = nh3.clean(
        html,
        tags=set(TAGS),
        clean_content_tags=set(WHOLE),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=kept,
        url_schemes=set(SCHEMES),
        link_rel=REL,
        filter_style_properties=set(STYLES),
        set_tag_attribute_values={"a": {"target": "_blank"}},
    )
    return Cleaned(html=shown, left_out=left_out)


def _content_id(address: str) -> str:
    scheme, _colon, identity = address.strip().partition(":")
    return unquote(identity).strip("<>").lower() if scheme.lower() == "cid" else ""
