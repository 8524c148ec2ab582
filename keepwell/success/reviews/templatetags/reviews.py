"""`{% load reviews %}`: which cells of a grid are figures."""

from __future__ import annotations

from django import template

from keepwell.success.reviews.showing.blocks import Grid

register = template.Library()


@register.filter
def is_figure(grid: Grid, column: int) -> bool:
    return column >= len(grid.headings) - grid.figures
