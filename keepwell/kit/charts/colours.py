"""Colours as stylesheets write them now, in the way that every drawing program understands."""

from __future__ import annotations

import math
import re

OKLCH = re.compile(r"oklch\(\s*([\d.]+)%\s+([\d.]+)\s+([\d.]+)\s*\)")

# From Oklab to linear sRGB: https://bottosson.github.io/posts/oklab/
TO_LMS = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
TO_RGB = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)


def hexadecimal(colour: str) -> str:
    """oklch(52% 0.095 193) as #00777a; what no screen shows is cut to what it does. Errors: ValueError."""
    found = OKLCH.fullmatch(colour.strip())
    if not found:
        raise ValueError(f"{colour} is no oklch(L% C H)")
    lightness, chroma, hue = (float(part) for part in found.groups())
    lab = (lightness / 100, chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue)))
    linear = _times(TO_RGB, [value**3 for value in _times(TO_LMS, lab)])
    return "#" + "".join(f"{round(255 * _gamma(value)):02x}" for value in linear)


def _times(matrix: tuple[tuple[float, ...], ...], vector: tuple[float, ...] | list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _gamma(value: float) -> float:
    value = min(1.0, max(0.0, value))
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
