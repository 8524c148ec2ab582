"""Whether a colour can be read. Pure. Source: WCAG 2.2, relative luminance and contrast ratio."""

from __future__ import annotations

# Text on white, and white text on it, at the size of a mail's words (WCAG 2.2, 1.4.3).
READABLE = 4.5


def contrast_with_white(colour: str) -> float:
    """Between 1 (white) and 21 (black); `colour` is written #rrggbb."""
    return 1.05 / (_luminance(colour) + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
