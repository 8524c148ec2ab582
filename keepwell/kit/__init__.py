"""What knows nobody: the clock, wording, paging, markup, and the look.

Any slice may use the kit; the kit uses none of them.
"""
